package io.gyre.api.ram;

/** Told within this process once an AccessKey was disabled, enabled, deleted or given another owner. */
public record AccessKeyChanged(String accessKeyId) {}
