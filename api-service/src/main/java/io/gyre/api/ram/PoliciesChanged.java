package io.gyre.api.ram;

/** What policies say for identities of the account is another thing from now on. Told once the change is committed. */
public record PoliciesChanged(String accountId) {}
