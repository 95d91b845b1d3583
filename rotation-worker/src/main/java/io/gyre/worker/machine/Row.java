package io.gyre.worker.machine;

import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of a machine's table: in this phase, when this happens, and if this holds, go there.
 *
 * @param guardName what must hold, in words; empty where nothing must
 * @param recipe what credential is made on the way; null for none
 * @param adopts whether the credential that the target just made becomes the candidate
 * @param moves what is done to the secret's versions
 * @param orphan what becomes known of a credential that nobody is given; null for nothing
 * @param extension by how much the rotation may now take longer than was expected; null for not at all
 * @param stamp under which name the calendar's time is remembered; null for not at all
 * @param note what the timeline says; null for the next phase's title
 * @param warning whether that is something to look into
 */
record Row<P extends Enum<P> & Phase>(
        P from,
        On on,
        String guardName,
        Predicate<Rotation> guard,
        P to,
        @Nullable Function<Rotation, Recipe> recipe,
        boolean adopts,
        Set<VersionMove> moves,
        @Nullable Function<Rotation, Orphan> orphan,
        @Nullable Function<Rotation, Duration> extension,
        @Nullable String stamp,
        @Nullable BiFunction<Rotation, Now, String> note,
        boolean warning) {

    /** The kinds of happenings that a table's lines are for. */
    enum On {
        WOKEN,
        DONE,
        NOT_YET,
        REFUSED,
        VALUE_REFUSED,
        UNCLEAR,
        /** By an operator's order, or because it cannot go on and the former credential is still current. */
        ROLLED_BACK,
        /** By an operator's order. */
        EXTENDED;

        static On of(Happening happening) {
            if (happening instanceof Happening.Woken) {
                return WOKEN;
            }
            if (happening instanceof Happening.Done) {
                return DONE;
            }
            if (happening instanceof Happening.NotYet) {
                return NOT_YET;
            }
            if (happening instanceof Happening.Refused refused) {
                return refused.remedy() == Remedy.REPLACE ? VALUE_REFUSED : REFUSED;
            }
            return UNCLEAR;
        }
    }
}
