package io.gyre.worker.machine;

import static io.gyre.worker.machine.Doing.begin;
import static io.gyre.worker.machine.Doing.change;
import static io.gyre.worker.machine.Doing.finish;
import static io.gyre.worker.machine.Doing.look;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.RdsEffect.AwaitAccount;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ResetPassword;

/**
 * The password of an RDS account.
 *
 * <p>With two accounts (DoubleUsers) the idle one of the pair gets a fresh password, is proven by a login and promoted;
 * the former account works on as ACSPrevious until the next rotation, so there is a working credential at every moment.
 *
 * <p>With one account (SingleUser) the old password dies as the new one is set. So the new one is promoted as soon as RDS
 * reports the account available again, and proven right after; the gap between is measured and told.
 */
public final class RdsRotation implements Machine {
    /** Facts that the effects report. */
    public static final String HOST = "host";

    public static final String PORT = "port";

    /** How often the database or RDS may refuse a generated password before the rotation is given up. */
    private static final int OTHER_VALUES = 3;

    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        INSPECT(
                "Looking at the instance and the account",
                look(r -> new InspectAccount(instance(r), account(r)), Patience.CALL)),
        RESET("Setting a new password", change(r -> new ResetPassword(instance(r), account(r)))),
        SETTLE("Waiting for RDS to set it", look(r -> new AwaitAccount(instance(r), account(r)), Patience.POLL)),
        PROVE(
                "Proving the new password with a login",
                look(r -> new ProveLogin(host(r), port(r), Credential.CANDIDATE), Patience.POLL)),
        PROVE_REFUSED(
                "Proving that the replaced password is refused",
                look(r -> new ProveLoginRefused(host(r), port(r), replaced(r)), Patience.POLL)),
        SUCCEEDED("The new password is current", finish(RotationState.SUCCEEDED));

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
            .done(Step.INSPECT).go(Step.RESET).making(RdsRotation::password).saying(RdsRotation::resetting)
            .valueRefused(Step.RESET).where("tries left", r -> r.attempt() < OTHER_VALUES).go(Step.RESET).making(RdsRotation::password)
            .done(Step.RESET).go(Step.SETTLE)
            .done(Step.SETTLE).where("single account", r -> !isDual(r)).go(Step.PROVE).promoting().saying(RdsRotation::promotedWithGap)
            .done(Step.SETTLE).go(Step.PROVE)
            .done(Step.PROVE).where("single account", r -> !isDual(r)).go(Step.PROVE_REFUSED)
            .done(Step.PROVE).go(Step.PROVE_REFUSED).promoting().saying(RdsRotation::promoted)
            .done(Step.PROVE_REFUSED).go(Step.SUCCEEDED)

            .failing(Step.SETTLE, Step.RESET)
            .build();
    // spotless:on

    @Override
    public Table<?> table() {
        return TABLE;
    }

    private static boolean isDual(Rotation rotation) {
        return rotation.subType().equals("DoubleUsers");
    }

    /** The account whose password is replaced: the idle one of a pair, or the only one. */
    private static String account(Rotation rotation) {
        return isDual(rotation) ? String.valueOf(rotation.idle()) : rotation.former();
    }

    private static Credential replaced(Rotation rotation) {
        return isDual(rotation) ? Credential.IDLE : Credential.FORMER;
    }

    private static String instance(Rotation rotation) {
        return rotation.target("DBInstanceId");
    }

    private static String host(Rotation rotation) {
        return rotation.fact(HOST);
    }

    private static int port(Rotation rotation) {
        return Integer.parseInt(rotation.fact(PORT));
    }

    private static Recipe password(Rotation rotation) {
        return new Recipe.RdsPassword(account(rotation));
    }

    private static String resetting(Rotation rotation, Now now) {
        return "Setting a new password for account " + account(rotation) + " of " + instance(rotation);
    }

    private static String promoted(Rotation rotation, Now now) {
        return "Account " + account(rotation) + " works and is current; account " + rotation.former()
                + " works on until the next rotation.";
    }

    /** The old password died somewhere between the last look that found RDS at work and this promotion. */
    private static String promotedWithGap(Rotation rotation, Now now) {
        return "The new password of account " + account(rotation) + " is current; between the old one's end and now"
                + " passed at most "
                + Table.sinceLastSeenMissing(rotation, now).toMillis() + " ms.";
    }
}
