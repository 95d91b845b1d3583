package io.gyre.worker.machine;

import static io.gyre.worker.machine.Doing.askPerson;
import static io.gyre.worker.machine.Doing.begin;
import static io.gyre.worker.machine.Doing.change;
import static io.gyre.worker.machine.Doing.finish;
import static io.gyre.worker.machine.Doing.look;
import static io.gyre.worker.machine.Doing.rest;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.RamEffect.CreateKey;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import io.gyre.worker.machine.RamEffect.EnableKey;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamEffect.ProveKeyRefused;
import io.gyre.worker.machine.RamEffect.ReachKey;
import io.gyre.worker.machine.RamEffect.ReadLastUse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The AccessKey of a RAM user. RAM chooses the value and lets a user have two keys, so the new key is made, proven and
 * promoted while the former one works on for the overlap; then that one is disabled and, after a grace, deleted.
 *
 * <p>CreateAccessKey is the one call whose answer cannot be asked for again. If it is lost, the listing tells: a key that
 * Gyre does not know, created within that call's time and never used, is what the call made. Nobody has its secret, so
 * it is listed as an orphan, deleted, and another is made. Any other unknown key is a person's, and the rotation waits.
 *
 * <p>If the former key was used in the last quarter of the overlap, some program has not moved on. The secret's CustomData
 * says what then ({@code WhenFormerKeyInUse}): {@code proceed} (the default), {@code extend} the overlap once by as much
 * again, or {@code wait} for a person.
 *
 * <p>A repair whose current key is refused has no overlap: nobody can use the former key any more. One that is answered all the
 * same, since somebody enabled it meanwhile, keeps it.
 */
public final class RamRotation implements Machine {
    /** Facts that the effects report. */
    public static final String KEYS = "keys";

    public static final String UNKNOWN = "unknownKeys";
    public static final String UNKNOWN_CREATED = "unknownKeyCreated";
    public static final String UNKNOWN_USED = "unknownKeyLastUsed";
    public static final String LAST_USED = "formerLastUsed";
    public static final String CALL = "currentCall";

    private static final String WHEN_IN_USE = "CustomData.WhenFormerKeyInUse";

    /** When CreateAccessKey was sent. */
    private static final String CREATE_SENT = "createSent";

    /** When its answer was given up. */
    private static final String CREATE_LOST = "createLost";

    /** When the overlap was extended because the former key was in use. */
    private static final String EXTENDED = "extended";

    /** RAM stamps a key's creation to the second and with its own clock. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(5);

    /** Between disabled and deleted: whoever still used the key is heard of while it can be enabled again. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    /** The phases, in the order in which a rotation that meets no trouble passes them; then trouble, then the way back. */
    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        INSPECT("Looking at the RAM user and its AccessKeys", look(RamRotation::inspect, Patience.CALL)),
        REACH(
                "Trying a call that is signed with the current AccessKey",
                look(r -> new ReachKey(Credential.FORMER), Patience.CALL)),
        DISABLE_SURPLUS(
                "Making room: disabling an AccessKey that Gyre knows and nobody needs",
                change(r -> new DisableKey(user(r), surplus(r)))),
        DELETE_SURPLUS("Making room: deleting that AccessKey", change(r -> new DeleteKey(user(r), surplus(r)))),
        CREATE("Creating an AccessKey", change(r -> new CreateKey(user(r)))),
        PROVE(
                "Proving the new AccessKey with a signed call",
                look(r -> new ProveKey(Credential.CANDIDATE), Patience.POLL)),
        OVERLAP("Both AccessKeys work", rest(Wake.Clock.CALENDAR, RamRotation::overlap)),
        READ_LAST_USE(
                "Reading the former AccessKey's last use",
                look(r -> new ReadLastUse(user(r), r.former()), Patience.CALL)),
        DISABLE("Disabling the former AccessKey", change(r -> new DisableKey(user(r), r.former()))),
        GRACE_PERIOD("The former AccessKey is disabled", rest(Wake.Clock.CALENDAR, r -> GRACE)),
        DELETE("Deleting the former AccessKey", change(r -> new DeleteKey(user(r), r.former()))),
        PROVE_REFUSED(
                "Proving that the former AccessKey is refused",
                look(r -> new ProveKeyRefused(Credential.FORMER), Patience.POLL)),
        INSPECT_AGAIN("Looking at the AccessKeys once more", look(RamRotation::inspect, Patience.CALL)),
        SUCCEEDED("The new AccessKey is the only one", finish(RotationState.SUCCEEDED)),

        RECONCILE(
                "CreateAccessKey did not end well: looking whether it made a key",
                look(RamRotation::inspect, Patience.CALL)),
        DISABLE_ORPHAN(
                "Disabling the AccessKey whose secret was lost with the answer",
                change(r -> new DisableKey(user(r), r.fact(UNKNOWN)))),
        DELETE_ORPHAN(
                "Deleting the AccessKey whose secret was lost with the answer",
                change(r -> new DeleteKey(user(r), r.fact(UNKNOWN)))),
        FOREIGN_KEY("An AccessKey that Gyre does not know stands in the way", askPerson(RamRotation::foreignKey)),
        IN_USE("The former AccessKey is still in use", askPerson(RamRotation::inUse)),

        UNDO_ENABLE(
                "Rolling back: letting the former AccessKey work again",
                change(r -> new EnableKey(user(r), r.former()))),
        UNDO_PROVE(
                "Rolling back: proving the former AccessKey with a signed call",
                look(r -> new ProveKey(Credential.FORMER), Patience.POLL)),
        UNDO_OVERLAP("Rolled back; both AccessKeys work", rest(Wake.Clock.CALENDAR, Rotation::overlap)),
        UNDO_INSPECT("Rolling back: looking at the AccessKeys", look(RamRotation::inspect, Patience.CALL)),
        UNDO_DISABLE("Rolling back: disabling the new AccessKey", change(r -> new DisableKey(user(r), candidate(r)))),
        UNDO_GRACE("Rolling back: the new AccessKey is disabled", rest(Wake.Clock.CALENDAR, r -> GRACE)),
        UNDO_DELETE("Rolling back: deleting the new AccessKey", change(r -> new DeleteKey(user(r), candidate(r)))),
        ROLLED_BACK("Rolled back: the former AccessKey is the current one", finish(RotationState.FAILED));

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
            .done(Step.INSPECT).where("an unknown key", RamRotation::hasUnknownKey).go(Step.FOREIGN_KEY)
            .done(Step.INSPECT).go(Step.REACH)
            .done(Step.REACH).where("a key to spare", RamRotation::hasSurplusKey).go(Step.DISABLE_SURPLUS)
            .done(Step.REACH).go(Step.CREATE).stamping(CREATE_SENT).saying(RamRotation::creating)
            .done(Step.DISABLE_SURPLUS).go(Step.DELETE_SURPLUS)
            .done(Step.DELETE_SURPLUS).go(Step.INSPECT).orphan(r -> Orphan.gone(surplus(r)))

            .done(Step.CREATE).go(Step.PROVE).adopting().saying((r, now) -> "Created AccessKey " + r.candidate())
            .unclear(Step.CREATE).go(Step.RECONCILE).stamping(CREATE_LOST)
            .woken(Step.CREATE).go(Step.RECONCILE).stamping(CREATE_LOST)
            .done(Step.RECONCILE).where("no unknown key", r -> !hasUnknownKey(r)).go(Step.CREATE).stamping(CREATE_SENT)
            .done(Step.RECONCILE).where("it is the call's", RamRotation::isTheLostCalls).go(Step.DISABLE_ORPHAN).orphan(r -> Orphan.left(r.fact(UNKNOWN)))
            .done(Step.RECONCILE).go(Step.FOREIGN_KEY)
            .done(Step.DISABLE_ORPHAN).go(Step.DELETE_ORPHAN)
            .done(Step.DELETE_ORPHAN).where("rolling back", Memory::isRollingBack).go(Step.UNDO_INSPECT).orphan(r -> Orphan.gone(r.fact(UNKNOWN)))
            .done(Step.DELETE_ORPHAN).where("promoted", Memory::isPromoted).go(Step.INSPECT_AGAIN).orphan(r -> Orphan.gone(r.fact(UNKNOWN)))
            .done(Step.DELETE_ORPHAN).go(Step.CREATE).stamping(CREATE_SENT).orphan(r -> Orphan.gone(r.fact(UNKNOWN)))

            .done(Step.PROVE).go(Step.OVERLAP).promoting().saying(RamRotation::promoted)
            .woken(Step.OVERLAP).go(Step.READ_LAST_USE)
            .extended(Step.OVERLAP, Step.IN_USE).go(Step.OVERLAP)
            .done(Step.READ_LAST_USE).where("not used lately", r -> !wasUsedLately(r)).go(Step.DISABLE).saying(RamRotation::lastUse)
            .done(Step.READ_LAST_USE).where("in use: wait", r -> whenInUse(r, "wait")).go(Step.IN_USE).warning(RamRotation::lastUse)
            .done(Step.READ_LAST_USE).where("in use: extend once", RamRotation::mayExtend).go(Step.OVERLAP).stamping(EXTENDED).extending(Rotation::overlap).warning(RamRotation::extended)
            .done(Step.READ_LAST_USE).go(Step.DISABLE).warning(RamRotation::lastUse)
            .woken(Step.IN_USE).go(Step.DISABLE)
            .done(Step.DISABLE).go(Step.GRACE_PERIOD)
            .woken(Step.GRACE_PERIOD).go(Step.DELETE)
            .done(Step.DELETE).go(Step.PROVE_REFUSED)
            .done(Step.PROVE_REFUSED).go(Step.INSPECT_AGAIN)
            .done(Step.INSPECT_AGAIN).where("no unknown key", r -> !hasUnknownKey(r)).go(Step.SUCCEEDED).forgettingTheFormer()
            .done(Step.INSPECT_AGAIN).where("it is the lost call's", RamRotation::isTheLostCalls).go(Step.DISABLE_ORPHAN).orphan(r -> Orphan.left(r.fact(UNKNOWN)))
            .done(Step.INSPECT_AGAIN).go(Step.FOREIGN_KEY)
            .woken(Step.FOREIGN_KEY).where("promoted", Memory::isPromoted).go(Step.INSPECT_AGAIN)
            .woken(Step.FOREIGN_KEY).go(Step.INSPECT)

            .rolledBack(Step.CREATE).go(Step.UNDO_INSPECT).stamping(CREATE_LOST)
            .rolledBack(Step.OVERLAP, Step.READ_LAST_USE, Step.IN_USE, Step.DISABLE, Step.GRACE_PERIOD).go(Step.UNDO_ENABLE)
            .rolledBack(Step.INSPECT, Step.REACH, Step.DISABLE_SURPLUS, Step.DELETE_SURPLUS, Step.RECONCILE, Step.PROVE).go(Step.UNDO_INSPECT)
            .rolledBack(Step.DISABLE_ORPHAN, Step.DELETE_ORPHAN).where("not promoted", r -> !Memory.isPromoted(r)).go(Step.DISABLE_ORPHAN)
            .rolledBack(Step.FOREIGN_KEY).where("not promoted", r -> !Memory.isPromoted(r)).go(Step.UNDO_INSPECT)
            .done(Step.UNDO_ENABLE).go(Step.UNDO_PROVE)
            .done(Step.UNDO_PROVE).go(Step.UNDO_OVERLAP).demoting().saying(RamRotation::demoted)
            .woken(Step.UNDO_OVERLAP).go(Step.UNDO_INSPECT)
            .done(Step.UNDO_INSPECT).where("it is the call's", RamRotation::isTheLostCalls).go(Step.DISABLE_ORPHAN).orphan(r -> Orphan.left(r.fact(UNKNOWN)))
            .done(Step.UNDO_INSPECT).where("the new key", RamRotation::hasCandidateKey).go(Step.UNDO_DISABLE)
            .done(Step.UNDO_INSPECT).go(Step.ROLLED_BACK).droppingTheCandidate().orphan(r -> Orphan.gone(candidate(r)))
            .done(Step.UNDO_DISABLE).where("it was current", Memory::isDemoted).go(Step.UNDO_GRACE)
            .done(Step.UNDO_DISABLE).go(Step.UNDO_DELETE)
            .woken(Step.UNDO_GRACE).go(Step.UNDO_DELETE)
            .done(Step.UNDO_DELETE).go(Step.UNDO_INSPECT)

            .failing(Step.CREATE, Step.RECONCILE)
            .leaving(r -> Memory.isPromoted(r) ? null : r.candidate())
            .build();
    // spotless:on

    @Override
    public Table<?> table() {
        return TABLE;
    }

    private static String user(Rotation rotation) {
        return rotation.target("UserName");
    }

    private static String candidate(Rotation rotation) {
        return String.valueOf(rotation.candidate());
    }

    private static RamEffect inspect(Rotation rotation) {
        Set<String> known = new HashSet<>(rotation.leftovers());
        known.add(rotation.former());
        if (rotation.idle() != null) {
            known.add(rotation.idle());
        }
        if (rotation.candidate() != null) {
            known.add(rotation.candidate());
        }
        return new InspectUser(user(rotation), known);
    }

    private static List<String> keys(Rotation rotation) {
        return List.of(rotation.fact(KEYS).split(",", -1));
    }

    private static boolean hasUnknownKey(Rotation rotation) {
        return !rotation.fact(UNKNOWN).isEmpty();
    }

    private static boolean hasCandidateKey(Rotation rotation) {
        return keys(rotation).contains(candidate(rotation));
    }

    private static boolean hasSurplusKey(Rotation rotation) {
        return !surplus(rotation).isEmpty();
    }

    /** A key that a former rotation left, or the one of ACSPrevious; empty for none. */
    private static String surplus(Rotation rotation) {
        Set<String> toSpare = new TreeSet<>(rotation.leftovers());
        if (rotation.idle() != null) {
            toSpare.add(rotation.idle());
        }
        toSpare.remove(rotation.former());
        toSpare.remove(candidate(rotation));
        toSpare.retainAll(keys(rotation));
        return toSpare.isEmpty() ? "" : toSpare.iterator().next();
    }

    /** Not for one that was given up and is opened again: a key of that time may be what a later rotation made. */
    private static boolean isTheLostCalls(Rotation rotation) {
        String created = rotation.memory().getOrDefault(UNKNOWN_CREATED, "");
        boolean wasUsed = !rotation.memory().getOrDefault(UNKNOWN_USED, "").isEmpty();
        String lost = rotation.memory().get(CREATE_LOST);
        if (!hasUnknownKey(rotation) || created.isEmpty() || wasUsed || lost == null || Memory.wasGivenUp(rotation)) {
            return false;
        }
        Instant at = Instant.parse(created);
        return !at.isBefore(Instant.parse(rotation.fact(CREATE_SENT)).minus(CLOCKS_DIFFER_BY))
                && !at.isAfter(Instant.parse(lost).plus(CLOCKS_DIFFER_BY));
    }

    private static boolean whenInUse(Rotation rotation, String policy) {
        return rotation.target().getOrDefault(WHEN_IN_USE, "proceed").equals(policy);
    }

    private static boolean mayExtend(Rotation rotation) {
        return whenInUse(rotation, "extend") && !rotation.memory().containsKey(EXTENDED);
    }

    /** In the last quarter of the overlap, as it was when it began or was extended. */
    private static boolean wasUsedLately(Rotation rotation) {
        String used = rotation.fact(LAST_USED);
        Duration quarter = rotation.overlap().dividedBy(4);
        return !isPastTheFormerKey(rotation)
                && !used.isEmpty()
                && Instant.parse(used)
                        .isAfter(Instant.parse(rotation.fact(Memory.REST_UNTIL)).minus(quarter));
    }

    /** A repair does not wait for programs to leave a key that does not let them in. */
    private static Duration overlap(Rotation rotation) {
        return isPastTheFormerKey(rotation) ? Duration.ZERO : rotation.overlap();
    }

    private static boolean isPastTheFormerKey(Rotation rotation) {
        return rotation.trigger() == Trigger.REPAIR && !isAnswered(rotation);
    }

    private static boolean isAnswered(Rotation rotation) {
        return rotation.fact(CALL).equals("works");
    }

    private static String creating(Rotation rotation, Now now) {
        return isAnswered(rotation)
                ? "Creating an AccessKey"
                : "Creating an AccessKey (the current one, " + rotation.former() + ", is refused)";
    }

    private static String promoted(Rotation rotation, Now now) {
        if (isPastTheFormerKey(rotation)) {
            return "AccessKey " + rotation.candidate() + " works and is current; " + rotation.former()
                    + ", which is refused, is removed at once.";
        }
        return "AccessKey " + rotation.candidate() + " works and is current; " + rotation.former() + " works on until "
                + afterTheOverlap(rotation, now) + ".";
    }

    private static String demoted(Rotation rotation, Now now) {
        return "Rolled back: AccessKey " + rotation.former() + " works and is current; " + rotation.candidate()
                + " works on until " + afterTheOverlap(rotation, now) + ".";
    }

    private static String extended(Rotation rotation, Now now) {
        return lastUsed(rotation, now) + "; both keys work until " + afterTheOverlap(rotation, now) + ".";
    }

    private static Instant afterTheOverlap(Rotation rotation, Now now) {
        return now.calendar().plus(rotation.overlap()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String lastUse(Rotation rotation, Now now) {
        return lastUsed(rotation, now)
                + (wasUsedLately(rotation) && whenInUse(rotation, "wait") ? "; waiting." : "; disabling it.");
    }

    private static String lastUsed(Rotation rotation, Now now) {
        String used = rotation.fact(LAST_USED);
        if (used.isEmpty()) {
            return "RAM has no use of AccessKey " + rotation.former() + " on record";
        }
        String ago = Spans.inWords(Duration.between(Instant.parse(used), now.calendar()));
        return "AccessKey " + rotation.former() + " was last used " + ago + " ago (" + used + ")"
                + (wasUsedLately(rotation) ? ": some program has not moved to the new one" : "");
    }

    private static String inUse(Rotation rotation) {
        return "AccessKey " + rotation.former() + " of RAM user " + user(rotation) + " was last used at "
                + rotation.fact(LAST_USED) + ", near the end of the overlap: some program has not moved to the new one."
                + " Move it, then retry: the rotation then disables the key. Or extend the overlap.";
    }

    private static String foreignKey(Rotation rotation) {
        return "RAM user " + user(rotation) + " has AccessKey " + rotation.fact(UNKNOWN)
                + ", which Gyre neither made nor was given, and a user can have two at most. Delete it at RAM if nobody"
                + " uses it, then retry the rotation.";
    }
}
