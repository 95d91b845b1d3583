package io.gyre.worker.machine;

import java.util.Set;

/** What an RDS rotation does at RDS and at the database. */
public sealed interface RdsEffect extends Effect {
    /**
     * Looks at the instance and the account. Reports {@link RdsRotation#HOST} and {@link RdsRotation#PORT}. Not yet,
     * as long as RDS is at work on the account. Refused for a person if the instance is absent or does not run, or the
     * account is absent.
     */
    record InspectAccount(String instanceId, String account) implements RdsEffect {}

    /** Asks RDS to set the account's password to the candidate's; RDS does it some seconds later. */
    record ResetPassword(String instanceId, String account) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(Credential.CANDIDATE);
        }
    }

    /** Not yet, as long as RDS is at work on the account. */
    record AwaitAccount(String instanceId, String account) implements RdsEffect {}

    /** Logs in to the database; not yet, as long as the login is refused. */
    record ProveLogin(String host, int port, Credential which) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Tries a login that must be refused; not yet, as long as it is let in. */
    record ProveLoginRefused(String host, int port, Credential which) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }
}
