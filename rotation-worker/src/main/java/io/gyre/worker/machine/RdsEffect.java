package io.gyre.worker.machine;

import java.util.Set;

/** What an RDS rotation does at RDS and at the database. */
public sealed interface RdsEffect extends Effect {
    /** An account, as RDS names it. */
    record Account(String instanceId, String name) {}

    /** Where the database answers. */
    record Server(String host, int port) {}

    /**
     * Looks at the instance and the account. Reports {@link RdsRotation#HOST} and {@link RdsRotation#PORT}. Not yet,
     * as long as RDS is at work on the account. Refused for a person if the instance is absent or does not run, or the
     * account is absent.
     */
    record InspectAccount(Account account) implements RdsEffect {
        /** At the instance, and at the account. */
        private static final int LOOKS = 2;

        @Override
        public Calls calls() {
            return new Calls(CloudProduct.RDS, LOOKS);
        }
    }

    /**
     * Tries a login only to see whether the database can be reached: done whether it is let in or not. Reports {@link
     * RdsRotation#LOGIN}: {@code works} or {@code refused}.
     */
    record ReachDatabase(Server server, Credential which) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Asks RDS to set the account's password to that of the credential; RDS does it some seconds later. */
    record ResetPassword(Account account, Credential which) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RDS);
        }
    }

    /** Not yet, as long as RDS is at work on the account. */
    record AwaitAccount(Account account) implements RdsEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RDS);
        }
    }

    /**
     * After a reset whose outcome is unclear: tries both passwords. Done if the candidate's is let in; refused for a retry
     * if the former one is; not yet if neither.
     */
    record TryBoth(Server server) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(Credential.CANDIDATE, Credential.FORMER);
        }
    }

    /** Logs in to the database; not yet, as long as the login is refused. */
    record ProveLogin(Server server, Credential which) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Tries a login that must be refused; not yet, as long as it is let in. */
    record ProveLoginRefused(Server server, Credential which) implements RdsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }
}
