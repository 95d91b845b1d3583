package io.gyre.worker.machine;

import java.util.Set;

/** What an ECS rotation does through the instance's command agent, and at its SSH server. */
public sealed interface EcsEffect extends Effect {
    /** An instance, as the ECS API names it. */
    record Instance(String regionId, String instanceId) {}

    /** Where SSH answers, and the host key it must show (SHA-256, as ssh-keygen prints it); empty for any. */
    record SshServer(String host, int port, String hostKeySha256) {}

    /**
     * Looks at the instance. Reports {@link EcsRotation#HOST}. Refused for a person if the instance is absent or does not
     * run.
     */
    record InspectInstance(Instance instance) implements EcsEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.ECS);
        }
    }

    /**
     * Tries a login only to see whether the SSH server can be reached: done whether it is let in or not. Reports {@link
     * EcsRotation#LOGIN}: {@code works} or {@code refused}.
     */
    record ReachSsh(SshServer server, Credential which) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Has the agent add the credential's public key; harmless if it is there. Reports {@link EcsRotation#COMMAND}. */
    record AddKey(Instance instance, Credential which) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.ECS);
        }
    }

    /** Has the agent remove the credential's public key; harmless if it is gone. Reports {@link EcsRotation#COMMAND}. */
    record RemoveKey(Instance instance, Credential which) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.ECS);
        }
    }

    /** Has the agent set the credential's password, sent as a crypt(3) hash. Reports {@link EcsRotation#COMMAND}. */
    record SetPassword(Instance instance, Credential which) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.ECS);
        }
    }

    /** Not yet, as long as the agent is at work. */
    record AwaitCommand(Instance instance, String invokeId) implements EcsEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.ECS);
        }
    }

    /**
     * After a command whose outcome is unclear: tries both passwords. Done if the candidate's is let in; refused for a
     * retry if the former one is; not yet if neither.
     */
    record TryBothSsh(SshServer server) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(Credential.CANDIDATE, Credential.FORMER);
        }
    }

    /** Logs in over SSH; not yet, as long as the login is refused. */
    record ProveSsh(SshServer server, Credential which) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Tries a login over SSH that must be refused; not yet, as long as it is let in. */
    record ProveSshRefused(SshServer server, Credential which) implements EcsEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }
}
