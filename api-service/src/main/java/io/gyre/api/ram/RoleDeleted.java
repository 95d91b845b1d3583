package io.gyre.api.ram;

/** Told within this process once a role is no more: its sessions end. */
public record RoleDeleted(String accountId, String roleName) {}
