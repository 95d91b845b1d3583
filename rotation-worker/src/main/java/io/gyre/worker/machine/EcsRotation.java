package io.gyre.worker.machine;

import static io.gyre.worker.machine.Doing.begin;
import static io.gyre.worker.machine.Doing.change;
import static io.gyre.worker.machine.Doing.finish;
import static io.gyre.worker.machine.Doing.look;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.EcsEffect.AddKey;
import io.gyre.worker.machine.EcsEffect.AwaitCommand;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.ProveSshRefused;
import io.gyre.worker.machine.EcsEffect.RemoveKey;
import io.gyre.worker.machine.EcsEffect.SetPassword;
import io.gyre.worker.machine.EcsEffect.SshServer;

/**
 * A login of an ECS instance, changed through the instance's command agent.
 *
 * <p>An account can hold two SSH keys: the new one is added, proven by a login and promoted before the former one is
 * removed and proven refused. It holds one password only, so a new password is promoted as soon as the agent reports that
 * it is set, and proven right after; the gap between is measured and told.
 *
 * <p>A secret's CustomData may name {@code SshPort} (22 if not) and {@code SshHostKeySha256}, the host key that the proofs
 * insist on.
 */
public final class EcsRotation implements Machine {
    /** Facts that the effects report. */
    public static final String HOST = "host";

    public static final String COMMAND = "command";

    private static final String SSH_PORT = "CustomData.SshPort";
    private static final String SSH_HOST_KEY = "CustomData.SshHostKeySha256";
    private static final String KEY_TYPE = "CustomData.SshKeyType";

    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        INSPECT("Looking at the instance", look(r -> new InspectInstance(instance(r)), Patience.CALL)),

        ADD_KEY("Adding a new SSH key", change(r -> new AddKey(instance(r)))),
        AWAIT_ADDED("Waiting for the command agent to add it", look(EcsRotation::awaitCommand, Patience.POLL)),
        PROVE_KEY("Proving the new SSH key with a login", look(EcsRotation::proveLogin, Patience.POLL)),
        REMOVE_KEY("Removing the former SSH key", change(r -> new RemoveKey(instance(r)))),
        AWAIT_REMOVED("Waiting for the command agent to remove it", look(EcsRotation::awaitCommand, Patience.POLL)),

        SET_PASSWORD("Setting a new password", change(r -> new SetPassword(instance(r)))),
        AWAIT_SET("Waiting for the command agent to set it", look(EcsRotation::awaitCommand, Patience.POLL)),
        PROVE_PASSWORD("Proving the new password with a login", look(EcsRotation::proveLogin, Patience.POLL)),

        PROVE_REFUSED(
                "Proving that the former credential is refused",
                look(r -> new ProveSshRefused(server(r), Credential.FORMER), Patience.POLL)),
        SUCCEEDED("The new credential is the only one", finish(RotationState.SUCCEEDED));

        private final String title;
        private final Doing doing;

        Step(String title, Doing doing) {
            this.title = title;
            this.doing = doing;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public Doing doing() {
            return doing;
        }
    }

    // spotless:off
    private static final Table<Step> TABLE = Table.of(Step.class)
            .woken(Step.REQUESTED).go(Step.INSPECT)
            .done(Step.INSPECT).where("SSH key", EcsRotation::isKey).go(Step.ADD_KEY).making(EcsRotation::keyPair)
            .done(Step.INSPECT).go(Step.SET_PASSWORD).making(r -> new Recipe.EcsPassword(r.former()))

            .done(Step.ADD_KEY).go(Step.AWAIT_ADDED)
            .done(Step.AWAIT_ADDED).go(Step.PROVE_KEY)
            .done(Step.PROVE_KEY).go(Step.REMOVE_KEY).promoting().saying((r, now) -> "The new SSH key works and is current; removing the former one.")
            .done(Step.REMOVE_KEY).go(Step.AWAIT_REMOVED)
            .done(Step.AWAIT_REMOVED).go(Step.PROVE_REFUSED)

            .done(Step.SET_PASSWORD).go(Step.AWAIT_SET)
            .done(Step.AWAIT_SET).go(Step.PROVE_PASSWORD).promoting().saying(EcsRotation::promotedWithGap)
            .done(Step.PROVE_PASSWORD).go(Step.PROVE_REFUSED)

            .done(Step.PROVE_REFUSED).go(Step.SUCCEEDED)

            .failing(Step.AWAIT_ADDED, Step.ADD_KEY)
            .failing(Step.AWAIT_REMOVED, Step.REMOVE_KEY)
            .failing(Step.AWAIT_SET, Step.SET_PASSWORD)
            .build();
    // spotless:on

    @Override
    public Table<?> table() {
        return TABLE;
    }

    private static boolean isKey(Rotation rotation) {
        return rotation.subType().equals("SSHKey");
    }

    private static Recipe keyPair(Rotation rotation) {
        String type = rotation.target().getOrDefault(KEY_TYPE, "RSA");
        return new Recipe.EcsKeyPair(rotation.former(), type.equalsIgnoreCase("Ed25519"));
    }

    private static EcsEffect.Instance instance(Rotation rotation) {
        return new EcsEffect.Instance(rotation.target("RegionId"), rotation.target("InstanceId"));
    }

    private static SshServer server(Rotation rotation) {
        return new SshServer(
                rotation.fact(HOST),
                Integer.parseInt(rotation.target().getOrDefault(SSH_PORT, "22")),
                rotation.target().getOrDefault(SSH_HOST_KEY, ""));
    }

    private static EcsEffect awaitCommand(Rotation rotation) {
        return new AwaitCommand(instance(rotation), rotation.fact(COMMAND));
    }

    private static EcsEffect proveLogin(Rotation rotation) {
        return new ProveSsh(server(rotation), Credential.CANDIDATE);
    }

    /** The old password died somewhere between the last look that found the agent at work and this promotion. */
    private static String promotedWithGap(Rotation rotation, Now now) {
        return "The new password of " + rotation.former()
                + " is current; between the old one's end and now passed at most "
                + Table.sinceLastSeenMissing(rotation, now).toMillis() + " ms.";
    }
}
