package io.gyre.worker.machine;

import static io.gyre.worker.machine.Doing.begin;
import static io.gyre.worker.machine.Doing.change;
import static io.gyre.worker.machine.Doing.finish;
import static io.gyre.worker.machine.Doing.look;

import io.gyre.rotation.RotationState;
import java.net.URI;
import java.util.Set;

/**
 * The worked example of docs/add-a-secret-type.md: the password of a user of a web server that checks HTTP Basic authentication
 * (RFC 7617) and lets an administrator set passwords by {@code PUT /users/NAME}.
 *
 * <p>A secret of sub-type {@code DoubleUsers} names two users of the same rights. A rotation sets a fresh password for the idle one, proves it
 * by a request, and only then makes it current; the former user works on as ACSPrevious until the next rotation.
 */
public final class WebUserRotation implements Machine {
    /** The field of ExtendedConfig that names the server. */
    public static final String SERVER = "ServerUrl";

    /** What a header and a shell both take as it is. */
    private static final String SPECIALS = "_.+@%";

    /** What this rotation does at the server. */
    public sealed interface WebUserEffect extends Effect {
        URI server();

        Credential which();

        @Override
        default Set<Credential> needs() {
            return Set.of(which());
        }

        /** Tries a request only to see whether the server answers: done whether the user is let in or not. */
        record ReachServer(URI server, Credential which) implements WebUserEffect {}

        /** Sets the user's password to that of the credential. The server has it as soon as it has answered. */
        record SetPassword(URI server, Credential which) implements WebUserEffect {}

        /** Sends a request as the user; not yet, as long as it is refused. */
        record ProveUser(URI server, Credential which) implements WebUserEffect {}

        /** Sends a request that must be refused; not yet, as long as the user is let in. */
        record ProveUserRefused(URI server, Credential which) implements WebUserEffect {}
    }

    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        REACH(
                "Trying to reach the server with the current password",
                look(r -> new WebUserEffect.ReachServer(server(r), Credential.FORMER), Patience.CALL)),
        SET(
                "Setting a new password for the idle user",
                change(r -> new WebUserEffect.SetPassword(server(r), Credential.CANDIDATE))),
        PROVE(
                "Proving the new password with a request",
                look(r -> new WebUserEffect.ProveUser(server(r), Credential.CANDIDATE), Patience.POLL)),
        PROVE_REFUSED(
                "Proving that the replaced password is refused",
                look(r -> new WebUserEffect.ProveUserRefused(server(r), Credential.IDLE), Patience.POLL)),
        SUCCEEDED("The new password is current", finish(RotationState.SUCCEEDED)),

        UNDO_SET(
                "Rolling back: setting the old password",
                change(r -> new WebUserEffect.SetPassword(server(r), Credential.IDLE))),
        UNDO_PROVE(
                "Rolling back: proving the old password with a request",
                look(r -> new WebUserEffect.ProveUser(server(r), Credential.IDLE), Patience.POLL)),
        UNDO_PROVE_REFUSED(
                "Rolling back: proving that the new password is refused",
                look(r -> new WebUserEffect.ProveUserRefused(server(r), Credential.CANDIDATE), Patience.POLL)),
        UNDO_PROVE_FORMER(
                "Rolling back: proving the former user with a request",
                look(r -> new WebUserEffect.ProveUser(server(r), Credential.FORMER), Patience.POLL)),
        ROLLED_BACK("Rolled back: the former user is the current one", finish(RotationState.FAILED));

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // Records, of functions without a state.
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
            .woken(Step.REQUESTED).go(Step.REACH)
            .done(Step.REACH).go(Step.SET).making(WebUserRotation::password)
            .done(Step.SET).go(Step.PROVE)
            .done(Step.PROVE).go(Step.PROVE_REFUSED).promoting()
            .done(Step.PROVE_REFUSED).go(Step.SUCCEEDED)

            .rolledBack(Step.PROVE_REFUSED).go(Step.UNDO_PROVE_FORMER)
            .rolledBack(Step.SET, Step.PROVE).go(Step.UNDO_SET)
            .done(Step.UNDO_SET).go(Step.UNDO_PROVE)
            .done(Step.UNDO_PROVE).go(Step.UNDO_PROVE_REFUSED)
            .done(Step.UNDO_PROVE_REFUSED).go(Step.ROLLED_BACK).droppingTheCandidate()
            .done(Step.UNDO_PROVE_FORMER).go(Step.ROLLED_BACK).demoting()

            .failing(Step.PROVE, Step.SET)
            .failing(Step.UNDO_PROVE, Step.UNDO_SET)
            .failing(Step.UNDO_PROVE_REFUSED, Step.UNDO_SET)
            .build();
    // spotless:on

    @Override
    public Table<?> table() {
        return TABLE;
    }

    private static URI server(Rotation rotation) {
        return URI.create(rotation.target(SERVER));
    }

    private static Recipe password(Rotation rotation) {
        return new Recipe.Password("UserName", String.valueOf(rotation.idle()), "Password", SPECIALS);
    }
}
