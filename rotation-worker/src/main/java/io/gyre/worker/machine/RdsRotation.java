package io.gyre.worker.machine;

import static io.gyre.worker.machine.Doing.begin;
import static io.gyre.worker.machine.Doing.change;
import static io.gyre.worker.machine.Doing.finish;
import static io.gyre.worker.machine.Doing.look;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.AwaitAccount;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ReachDatabase;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsEffect.TryBoth;

/**
 * The password of an RDS account.
 *
 * <p>With two accounts (DoubleUsers) the idle one of the pair gets a fresh password, is proven by a login and promoted;
 * the former account works on as ACSPrevious until the next rotation, so there is a working credential at every moment.
 * The way back before the promotion sets the idle account's old password again; after it, the two versions change places.
 *
 * <p>With one account (SingleUser) the old password dies as the new one is set. So the new one is promoted as soon as RDS
 * reports the account available again, and proven right after; the gap between is measured and told. If it is unclear
 * whether a reset took place, both passwords are tried. The way back sets the old password, with a gap of its own.
 */
public final class RdsRotation implements Machine {
    /** Facts that the effects report. */
    public static final String HOST = "host";

    public static final String PORT = "port";
    public static final String LOGIN = "currentLogin";

    /** The special characters that ResetAccountPassword allows. */
    private static final String PASSWORD_SPECIALS = "!@#$&%^*()_+-=";

    /** How often the database or RDS may refuse a generated password before the rotation is given up. */
    private static final int OTHER_VALUES = 3;

    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        INSPECT("Looking at the instance and the account", look(r -> new InspectAccount(account(r)), Patience.CALL)),
        REACH(
                "Trying to reach the database with the current password",
                look(r -> new ReachDatabase(server(r), Credential.FORMER), Patience.CALL)),
        RESET("Setting a new password", change(r -> new ResetPassword(account(r), Credential.CANDIDATE))),
        SETTLE("Waiting for RDS to set it", look(r -> new AwaitAccount(account(r)), Patience.POLL)),
        PROVE(
                "Proving the new password with a login",
                look(r -> new ProveLogin(server(r), Credential.CANDIDATE), Patience.POLL)),
        PROVE_REFUSED(
                "Proving that the replaced password is refused",
                look(r -> new ProveLoginRefused(server(r), replaced(r)), Patience.POLL)),
        SUCCEEDED("The new password is current", finish(RotationState.SUCCEEDED)),

        SETTLE_UNCLEAR(
                "It is unclear whether RDS sets it: waiting for the account",
                look(r -> new AwaitAccount(account(r)), Patience.POLL)),
        TRY_BOTH("Trying both passwords", look(r -> new TryBoth(server(r)), Patience.POLL)),

        UNDO_RESET("Rolling back: setting the old password", change(r -> new ResetPassword(account(r), replaced(r)))),
        UNDO_SETTLE("Rolling back: waiting for RDS to set it", look(r -> new AwaitAccount(account(r)), Patience.POLL)),
        UNDO_PROVE(
                "Rolling back: proving the old password with a login",
                look(r -> new ProveLogin(server(r), replaced(r)), Patience.POLL)),
        UNDO_PROVE_REFUSED(
                "Rolling back: proving that the new password is refused",
                look(r -> new ProveLoginRefused(server(r), Credential.CANDIDATE), Patience.POLL)),
        UNDO_PROVE_FORMER(
                "Rolling back: proving the former account with a login",
                look(r -> new ProveLogin(server(r), Credential.FORMER), Patience.POLL)),
        ROLLED_BACK("Rolled back: the former password is the current one", finish(RotationState.FAILED));

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
            .done(Step.REACH).go(Step.RESET).making(RdsRotation::password).saying(RdsRotation::resetting)
            .valueRefused(Step.RESET).where("tries left", r -> r.attempt() < OTHER_VALUES).go(Step.RESET).making(RdsRotation::password)
            .done(Step.RESET).go(Step.SETTLE)
            .unclear(Step.RESET).where("one account", r -> !isDual(r)).go(Step.SETTLE_UNCLEAR)
            .done(Step.SETTLE_UNCLEAR).go(Step.TRY_BOTH)
            .done(Step.TRY_BOTH).go(Step.PROVE).promoting().saying(RdsRotation::promotedAfterTrying)
            .done(Step.SETTLE).where("one account", r -> !isDual(r)).go(Step.PROVE).promoting().saying(RdsRotation::promotedWithGap)
            .done(Step.SETTLE).go(Step.PROVE)
            .done(Step.PROVE).where("one account", r -> !isDual(r)).go(Step.PROVE_REFUSED)
            .done(Step.PROVE).go(Step.PROVE_REFUSED).promoting().saying(RdsRotation::promoted)
            .done(Step.PROVE_REFUSED).go(Step.SUCCEEDED)

            .rolledBack(Step.PROVE_REFUSED).where("two accounts", RdsRotation::isDual).go(Step.UNDO_PROVE_FORMER)
            .rolledBack(Step.RESET, Step.SETTLE, Step.SETTLE_UNCLEAR, Step.TRY_BOTH, Step.PROVE, Step.PROVE_REFUSED).go(Step.UNDO_RESET)
            .done(Step.UNDO_RESET).go(Step.UNDO_SETTLE)
            .done(Step.UNDO_SETTLE).where("promoted", Memory::isPromoted).go(Step.UNDO_PROVE).demoting().saying(RdsRotation::demotedWithGap)
            .done(Step.UNDO_SETTLE).go(Step.UNDO_PROVE)
            .done(Step.UNDO_PROVE).go(Step.UNDO_PROVE_REFUSED)
            .done(Step.UNDO_PROVE_REFUSED).go(Step.ROLLED_BACK).droppingTheCandidate()
            .done(Step.UNDO_PROVE_FORMER).go(Step.ROLLED_BACK).demoting()

            .failing(Step.SETTLE, Step.RESET)
            .failing(Step.TRY_BOTH, Step.RESET)
            .failing(Step.UNDO_SETTLE, Step.UNDO_RESET)
            .failing(Step.UNDO_PROVE, Step.UNDO_RESET)
            .failing(Step.UNDO_PROVE_REFUSED, Step.UNDO_RESET)
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
    private static Account account(Rotation rotation) {
        return new Account(instance(rotation), accountName(rotation));
    }

    private static String accountName(Rotation rotation) {
        return isDual(rotation) ? String.valueOf(rotation.idle()) : rotation.former();
    }

    private static Credential replaced(Rotation rotation) {
        return isDual(rotation) ? Credential.IDLE : Credential.FORMER;
    }

    private static String instance(Rotation rotation) {
        return rotation.target("DBInstanceId");
    }

    private static Server server(Rotation rotation) {
        return new Server(rotation.fact(HOST), Integer.parseInt(rotation.fact(PORT)));
    }

    private static Recipe password(Rotation rotation) {
        return passwordOf(accountName(rotation));
    }

    /** ResetAccountPassword takes 8 to 32 characters of three classes at least: these are of all four. */
    public static Recipe.Password passwordOf(String account) {
        return new Recipe.Password("AccountName", account, "AccountPassword", PASSWORD_SPECIALS);
    }

    private static boolean isLetIn(Rotation rotation) {
        return rotation.fact(LOGIN).equals("works");
    }

    private static String resetting(Rotation rotation, Now now) {
        String current =
                isLetIn(rotation) ? "" : " (the current password of " + rotation.former() + " is refused there)";
        return "Setting a new password for account " + accountName(rotation) + " of " + instance(rotation) + current;
    }

    private static String promoted(Rotation rotation, Now now) {
        return "Account " + accountName(rotation) + " works and is current; account " + rotation.former()
                + (isLetIn(rotation)
                        ? " works on until the next rotation."
                        : " is refused until the next rotation sets a fresh password for it.");
    }

    /** The old password died somewhere between the last look that found RDS at work and this promotion. */
    private static String promotedWithGap(Rotation rotation, Now now) {
        return "The new password of account " + accountName(rotation)
                + " is current; between the old one's end and now passed at most "
                + Table.sinceLastSeenMissing(rotation, now).toMillis() + " ms.";
    }

    private static String promotedAfterTrying(Rotation rotation, Now now) {
        return "The new password of account " + accountName(rotation)
                + " works and is current. RDS did not answer when it was set, so when the old one ended is not known.";
    }

    private static String demotedWithGap(Rotation rotation, Now now) {
        return "Rolled back: the old password of account " + accountName(rotation)
                + " is current; between the new one's end and now passed at most "
                + Table.sinceLastSeenMissing(rotation, now).toMillis() + " ms.";
    }
}
