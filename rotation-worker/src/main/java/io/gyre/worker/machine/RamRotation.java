package io.gyre.worker.machine;

import static io.gyre.worker.machine.Doing.askPerson;
import static io.gyre.worker.machine.Doing.begin;
import static io.gyre.worker.machine.Doing.change;
import static io.gyre.worker.machine.Doing.finish;
import static io.gyre.worker.machine.Doing.look;
import static io.gyre.worker.machine.Doing.rest;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.RamEffect.CreateKey;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamEffect.ProveKeyRefused;
import io.gyre.worker.machine.RamEffect.ReadLastUse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The AccessKey of a RAM user. RAM chooses the value and lets a user have two keys, so the new key is made, proven and
 * promoted while the former one works on for the overlap; then that one is disabled and, after a grace, deleted.
 *
 * <p>CreateAccessKey is the one call whose answer cannot be asked for again. If it is lost, the listing tells: a key that
 * Gyre does not know, created within that call's time and never used, is what the call made. Nobody has its secret, so
 * it is deleted and another is made. Any other unknown key is a person's, and the rotation waits for them.
 */
public final class RamRotation implements Machine {
    /** Facts that the effects report. */
    public static final String KEYS = "keys";

    public static final String UNKNOWN = "unknownKeys";
    public static final String UNKNOWN_CREATED = "unknownKeyCreated";
    public static final String UNKNOWN_USED = "unknownKeyLastUsed";
    public static final String LAST_USED = "formerLastUsed";

    /** When CreateAccessKey was sent. */
    private static final String CREATE_SENT = "createSent";

    /** When its answer was given up. */
    private static final String CREATE_LOST = "createLost";

    private static final String PROMOTED = "promoted";

    /** RAM stamps a key's creation to the second and with its own clock. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(5);

    /** Between disabled and deleted: whoever still used the key is heard of while it can be enabled again. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    /** The phases, in the order in which a rotation that meets no trouble passes them. */
    enum Step implements Phase {
        REQUESTED("Requested", begin()),
        INSPECT("Looking at the RAM user and its AccessKeys", look(RamRotation::inspect, Patience.CALL)),
        DISABLE_IDLE(
                "Making room: disabling the older AccessKey that is not current",
                change(r -> new DisableKey(user(r), idle(r)))),
        DELETE_IDLE(
                "Making room: deleting the older AccessKey that is not current",
                change(r -> new DeleteKey(user(r), idle(r)))),
        CREATE("Creating an AccessKey", change(r -> new CreateKey(user(r)))),
        RECONCILE(
                "The answer to CreateAccessKey is missing: looking whether it made a key",
                look(RamRotation::inspect, Patience.CALL)),
        DISABLE_ORPHAN(
                "Disabling the AccessKey whose secret was lost with the answer",
                change(r -> new DisableKey(user(r), r.fact(UNKNOWN)))),
        DELETE_ORPHAN(
                "Deleting the AccessKey whose secret was lost with the answer",
                change(r -> new DeleteKey(user(r), r.fact(UNKNOWN)))),
        PROVE(
                "Proving the new AccessKey with a signed call",
                look(r -> new ProveKey(Credential.CANDIDATE), Patience.POLL)),
        OVERLAP("Both AccessKeys work", rest(Wake.Clock.CALENDAR, Rotation::overlap)),
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
        FOREIGN_KEY("An AccessKey that Gyre does not know stands in the way", askPerson(RamRotation::foreignKey));

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
            .done(Step.INSPECT).where("an older known key", RamRotation::hasIdleKey).go(Step.DISABLE_IDLE)
            .done(Step.INSPECT).go(Step.CREATE).stamping(CREATE_SENT)
            .done(Step.DISABLE_IDLE).go(Step.DELETE_IDLE)
            .done(Step.DELETE_IDLE).go(Step.CREATE).stamping(CREATE_SENT)

            .done(Step.CREATE).go(Step.PROVE).adopting().saying((r, now) -> "Created AccessKey " + r.candidate())
            .unclear(Step.CREATE).go(Step.RECONCILE).stamping(CREATE_LOST)
            .woken(Step.CREATE).go(Step.RECONCILE).stamping(CREATE_LOST)
            .done(Step.RECONCILE).where("no unknown key", r -> !hasUnknownKey(r)).go(Step.CREATE).stamping(CREATE_SENT)
            .done(Step.RECONCILE).where("it is the call's", RamRotation::isTheLostCalls).go(Step.DISABLE_ORPHAN)
            .done(Step.RECONCILE).go(Step.FOREIGN_KEY)
            .done(Step.DISABLE_ORPHAN).go(Step.DELETE_ORPHAN)
            .done(Step.DELETE_ORPHAN).go(Step.CREATE).stamping(CREATE_SENT)

            .done(Step.PROVE).go(Step.OVERLAP).promoting().stamping(PROMOTED).saying(RamRotation::promoted)
            .woken(Step.OVERLAP).go(Step.READ_LAST_USE)
            .done(Step.READ_LAST_USE).go(Step.DISABLE).saying(RamRotation::lastUse)
            .done(Step.DISABLE).go(Step.GRACE_PERIOD)
            .woken(Step.GRACE_PERIOD).go(Step.DELETE)
            .done(Step.DELETE).go(Step.PROVE_REFUSED)
            .done(Step.PROVE_REFUSED).go(Step.INSPECT_AGAIN)
            .done(Step.INSPECT_AGAIN).where("an unknown key", RamRotation::hasUnknownKey).go(Step.FOREIGN_KEY)
            .done(Step.INSPECT_AGAIN).go(Step.SUCCEEDED).forgettingTheFormer()
            .woken(Step.FOREIGN_KEY).where("promoted", r -> r.memory().containsKey(PROMOTED)).go(Step.INSPECT_AGAIN)
            .woken(Step.FOREIGN_KEY).go(Step.INSPECT)
            .build();
    // spotless:on

    @Override
    public Table<?> table() {
        return TABLE;
    }

    private static String user(Rotation rotation) {
        return rotation.target("UserName");
    }

    private static String idle(Rotation rotation) {
        return String.valueOf(rotation.idle());
    }

    private static RamEffect inspect(Rotation rotation) {
        Set<String> known = new HashSet<>();
        known.add(rotation.former());
        if (rotation.idle() != null) {
            known.add(rotation.idle());
        }
        if (rotation.candidate() != null) {
            known.add(rotation.candidate());
        }
        return new InspectUser(user(rotation), known);
    }

    private static boolean hasUnknownKey(Rotation rotation) {
        return !rotation.fact(UNKNOWN).isEmpty();
    }

    private static boolean hasIdleKey(Rotation rotation) {
        return rotation.idle() != null
                && List.of(rotation.fact(KEYS).split(",", -1)).contains(rotation.idle());
    }

    private static boolean isTheLostCalls(Rotation rotation) {
        String created = rotation.memory().getOrDefault(UNKNOWN_CREATED, "");
        if (created.isEmpty()
                || !rotation.memory().getOrDefault(UNKNOWN_USED, "").isEmpty()) {
            return false;
        }
        Instant at = Instant.parse(created);
        return !at.isBefore(Instant.parse(rotation.fact(CREATE_SENT)).minus(CLOCKS_DIFFER_BY))
                && !at.isAfter(Instant.parse(rotation.fact(CREATE_LOST)).plus(CLOCKS_DIFFER_BY));
    }

    private static String promoted(Rotation rotation, Now now) {
        return "AccessKey " + rotation.candidate() + " works and is current; " + rotation.former() + " works on until "
                + now.calendar().plus(rotation.overlap()).truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    private static String lastUse(Rotation rotation, Now now) {
        String used = rotation.fact(LAST_USED);
        if (used.isEmpty()) {
            return "RAM has no use of AccessKey " + rotation.former() + " on record; disabling it.";
        }
        Duration ago = Duration.between(Instant.parse(used), now.calendar());
        return "AccessKey " + rotation.former() + " was last used " + Math.max(0, ago.toHours()) + " h "
                + Math.max(0, ago.toMinutesPart()) + " min ago (" + used + "); disabling it.";
    }

    private static String foreignKey(Rotation rotation) {
        return "RAM user " + user(rotation) + " has AccessKey " + rotation.fact(UNKNOWN)
                + ", which Gyre neither made nor was given, and a user can have two at most. Delete it at RAM if nobody"
                + " uses it, then retry the rotation.";
    }
}
