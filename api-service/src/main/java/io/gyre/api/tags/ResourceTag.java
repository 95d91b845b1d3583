package io.gyre.api.tags;

/**
 * One tag of one resource.
 *
 * @param resourceId a secret's name, or a key's id
 */
public record ResourceTag(String resourceId, String key, String value) {}
