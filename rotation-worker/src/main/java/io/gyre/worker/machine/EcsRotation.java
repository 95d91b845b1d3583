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
import io.gyre.worker.machine.EcsEffect.ReachSsh;
import io.gyre.worker.machine.EcsEffect.RemoveKey;
import io.gyre.worker.machine.EcsEffect.SetPassword;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.EcsEffect.TryBothSsh;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A login of an ECS instance, changed through the instance's command agent.
 *
 * <p>An account can hold two SSH keys: the new one is added, proven by a login and promoted before the former one is
 * removed and proven refused. The way back adds the former one again before the new one goes.
 *
 * <p>It holds one password only, so a new password is promoted as soon as the agent reports that it is set, and proven
 * right after; the gap between is measured and told. If it is unclear whether it was set, both are tried. The way back
 * sets the old one, with a gap of its own.
 *
 * <p>A secret's CustomData may name {@code SshPort} (22 if not), {@code SshKeyType} (RSA if not, or Ed25519) and {@code
 * SshHostKeySha256}, the host key that the proofs insist on.
 */
public final class EcsRotation implements Machine {
    /** Facts that the effects report. */
    public static final String HOST = "host";

    public static final String COMMAND = "command";
    public static final String LOGIN = "currentLogin";

    /**
     * Whoever pastes the password into a shell, or pipes it into chpasswd, loses nothing of it: no quote, blank, colon, glob or
     * expansion, and nothing that looks like an option at the beginning.
     */
    private static final String PASSWORD_SPECIALS = "_.+@%";

    private static final String SSH_PORT = "CustomData.SshPort";
    private static final String SSH_HOST_KEY = "CustomData.SshHostKeySha256";
    private static final String KEY_TYPE = "CustomData.SshKeyType";

    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        INSPECT("Looking at the instance", look(r -> new InspectInstance(instance(r)), Patience.CALL)),
        REACH(
                "Trying to reach the SSH server with the current credential",
                look(r -> new ReachSsh(server(r), Credential.FORMER), Patience.CALL)),

        ADD_KEY("Adding a new SSH key", change(r -> new AddKey(instance(r), Credential.CANDIDATE))),
        AWAIT_ADDED("Waiting for the command agent to add it", look(EcsRotation::awaitCommand, Patience.POLL)),
        PROVE_KEY(
                "Proving the new SSH key with a login",
                look(r -> new ProveSsh(server(r), Credential.CANDIDATE), Patience.POLL)),
        REMOVE_KEY("Removing the former SSH key", change(r -> new RemoveKey(instance(r), Credential.FORMER))),
        AWAIT_REMOVED("Waiting for the command agent to remove it", look(EcsRotation::awaitCommand, Patience.POLL)),

        SET_PASSWORD("Setting a new password", change(r -> new SetPassword(instance(r), Credential.CANDIDATE))),
        AWAIT_SET("Waiting for the command agent to set it", look(EcsRotation::awaitCommand, Patience.POLL)),
        TRY_BOTH(
                "It is unclear whether the password was set: trying both",
                look(r -> new TryBothSsh(server(r)), Patience.POLL)),
        PROVE_PASSWORD(
                "Proving the new password with a login",
                look(r -> new ProveSsh(server(r), Credential.CANDIDATE), Patience.POLL)),

        PROVE_REFUSED(
                "Proving that the former credential is refused",
                look(r -> new ProveSshRefused(server(r), Credential.FORMER), Patience.POLL)),
        SUCCEEDED("The new credential is the only one", finish(RotationState.SUCCEEDED)),

        UNDO_ADD(
                "Rolling back: adding the former SSH key again",
                change(r -> new AddKey(instance(r), Credential.FORMER))),
        UNDO_AWAIT_ADDED(
                "Rolling back: waiting for the command agent to add it",
                look(EcsRotation::awaitCommand, Patience.POLL)),
        UNDO_PROVE_KEY(
                "Rolling back: proving the former SSH key with a login",
                look(r -> new ProveSsh(server(r), Credential.FORMER), Patience.POLL)),
        UNDO_REMOVE(
                "Rolling back: removing the new SSH key",
                change(r -> new RemoveKey(instance(r), Credential.CANDIDATE))),
        UNDO_AWAIT_REMOVED(
                "Rolling back: waiting for the command agent to remove it",
                look(EcsRotation::awaitCommand, Patience.POLL)),
        UNDO_SET(
                "Rolling back: setting the old password", change(r -> new SetPassword(instance(r), Credential.FORMER))),
        UNDO_AWAIT_SET(
                "Rolling back: waiting for the command agent to set it",
                look(EcsRotation::awaitCommand, Patience.POLL)),
        UNDO_PROVE_PASSWORD(
                "Rolling back: proving the old password with a login",
                look(r -> new ProveSsh(server(r), Credential.FORMER), Patience.POLL)),
        UNDO_PROVE_REFUSED(
                "Rolling back: proving that the new credential is refused",
                look(r -> new ProveSshRefused(server(r), Credential.CANDIDATE), Patience.POLL)),
        ROLLED_BACK("Rolled back: the former credential is the current one", finish(RotationState.FAILED));

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
            .done(Step.INSPECT).go(Step.REACH)
            .done(Step.REACH).where("SSH key", EcsRotation::isKey).go(Step.ADD_KEY).making(EcsRotation::keyPair)
            .done(Step.REACH).go(Step.SET_PASSWORD).making(r -> passwordOf(r.former()))

            .done(Step.ADD_KEY).go(Step.AWAIT_ADDED)
            .done(Step.AWAIT_ADDED).go(Step.PROVE_KEY)
            .done(Step.PROVE_KEY).go(Step.REMOVE_KEY).promoting().saying((r, now) -> "The new SSH key works and is current; removing the former one.")
            .done(Step.REMOVE_KEY).go(Step.AWAIT_REMOVED)
            .done(Step.AWAIT_REMOVED).go(Step.PROVE_REFUSED)

            .done(Step.SET_PASSWORD).go(Step.AWAIT_SET)
            .unclear(Step.SET_PASSWORD).go(Step.TRY_BOTH)
            .done(Step.TRY_BOTH).go(Step.PROVE_PASSWORD).promoting().saying(EcsRotation::promotedAfterTrying)
            .done(Step.AWAIT_SET).go(Step.PROVE_PASSWORD).promoting().saying(EcsRotation::promotedWithGap)
            .done(Step.PROVE_PASSWORD).go(Step.PROVE_REFUSED)

            .done(Step.PROVE_REFUSED).where("SSH key", EcsRotation::isKey).go(Step.SUCCEEDED).orphan(r -> Orphan.gone(left(r)))
            .done(Step.PROVE_REFUSED).go(Step.SUCCEEDED)

            .rolledBack(Step.ADD_KEY, Step.AWAIT_ADDED, Step.PROVE_KEY).go(Step.UNDO_REMOVE)
            .rolledBack(Step.REMOVE_KEY, Step.AWAIT_REMOVED).go(Step.UNDO_ADD)
            .rolledBack(Step.PROVE_REFUSED).where("SSH key", EcsRotation::isKey).go(Step.UNDO_ADD)
            .rolledBack(Step.SET_PASSWORD, Step.AWAIT_SET, Step.TRY_BOTH, Step.PROVE_PASSWORD, Step.PROVE_REFUSED).go(Step.UNDO_SET)
            .done(Step.UNDO_ADD).go(Step.UNDO_AWAIT_ADDED)
            .done(Step.UNDO_AWAIT_ADDED).go(Step.UNDO_PROVE_KEY)
            .done(Step.UNDO_PROVE_KEY).go(Step.UNDO_REMOVE).demoting().orphan(r -> Orphan.gone(left(r)))
            .done(Step.UNDO_REMOVE).go(Step.UNDO_AWAIT_REMOVED)
            .done(Step.UNDO_AWAIT_REMOVED).go(Step.UNDO_PROVE_REFUSED)
            .done(Step.UNDO_SET).go(Step.UNDO_AWAIT_SET)
            .done(Step.UNDO_AWAIT_SET).where("promoted", Memory::isPromoted).go(Step.UNDO_PROVE_PASSWORD).demoting().saying(EcsRotation::demotedWithGap)
            .done(Step.UNDO_AWAIT_SET).go(Step.UNDO_PROVE_PASSWORD)
            .done(Step.UNDO_PROVE_PASSWORD).go(Step.UNDO_PROVE_REFUSED)
            .done(Step.UNDO_PROVE_REFUSED).where("SSH key", EcsRotation::isKey).go(Step.ROLLED_BACK).droppingTheCandidate().orphan(r -> Orphan.gone(left(r)))
            .done(Step.UNDO_PROVE_REFUSED).go(Step.ROLLED_BACK).droppingTheCandidate()

            .failing(Step.AWAIT_ADDED, Step.ADD_KEY)
            .failing(Step.AWAIT_REMOVED, Step.REMOVE_KEY)
            .failing(Step.AWAIT_SET, Step.SET_PASSWORD)
            .failing(Step.TRY_BOTH, Step.SET_PASSWORD)
            .failing(Step.UNDO_AWAIT_ADDED, Step.UNDO_ADD)
            .failing(Step.UNDO_AWAIT_REMOVED, Step.UNDO_REMOVE)
            .failing(Step.UNDO_AWAIT_SET, Step.UNDO_SET)
            .failing(Step.UNDO_PROVE_KEY, Step.UNDO_ADD)
            .failing(Step.UNDO_PROVE_PASSWORD, Step.UNDO_SET)
            .leaving(EcsRotation::leftover)
            .removingIt(Step.REMOVE_KEY)
            .build();
    // spotless:on

    @Override
    public Table<?> table() {
        return TABLE;
    }

    private static boolean isKey(Rotation rotation) {
        return rotation.subType().equals("SSHKey");
    }

    /** Of two SSH keys, the one that no program is given. */
    private static @Nullable String leftover(Rotation rotation) {
        return isKey(rotation) ? left(rotation) : null;
    }

    /** With the rotation, since each of them may leave a key of the same account. */
    private static String left(Rotation rotation) {
        String which = Memory.isPromoted(rotation) ? "the former" : "the new";
        return which + " SSH key of " + rotation.former() + " (rotation " + rotation.id() + ")";
    }

    /** Of the length that the service which KMS documents makes. */
    public static Recipe.Password passwordOf(String user) {
        return new Recipe.Password("UserName", user, "Password", PASSWORD_SPECIALS);
    }

    private static Recipe keyPair(Rotation rotation) {
        String type = rotation.target().getOrDefault(KEY_TYPE, "RSA");
        return new Recipe.EcsKeyPair(rotation.former(), type.equalsIgnoreCase("Ed25519"));
    }

    private static EcsEffect.Instance instance(Rotation rotation) {
        return new EcsEffect.Instance(rotation.target("RegionId"), rotation.target("InstanceId"));
    }

    private static SshServer server(Rotation rotation) {
        return server(rotation.fact(HOST), rotation.target());
    }

    /** @param target the secret's ExtendedConfig, flat */
    public static SshServer server(String host, Map<String, String> target) {
        return new SshServer(
                host, Integer.parseInt(target.getOrDefault(SSH_PORT, "22")), target.getOrDefault(SSH_HOST_KEY, ""));
    }

    private static EcsEffect awaitCommand(Rotation rotation) {
        return new AwaitCommand(instance(rotation), rotation.fact(COMMAND));
    }

    /** The old password died somewhere between the last look that found the agent at work and this promotion. */
    private static String promotedWithGap(Rotation rotation, Now now) {
        return "The new password of " + rotation.former()
                + " is current; between the old one's end and now passed at most "
                + Table.sinceLastSeenMissing(rotation, now).toMillis() + " ms.";
    }

    private static String promotedAfterTrying(Rotation rotation, Now now) {
        return "The new password of " + rotation.former()
                + " works and is current. ECS did not answer when it was set, so when the old one ended is not known.";
    }

    private static String demotedWithGap(Rotation rotation, Now now) {
        return "Rolled back: the old password of " + rotation.former()
                + " is current; between the new one's end and now passed at most "
                + Table.sinceLastSeenMissing(rotation, now).toMillis() + " ms.";
    }
}
