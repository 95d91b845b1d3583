package io.gyre.rotation.picture;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A phase that is worth a station, since something about a credential is true from then on. Phases are the worker's; a test there
 * holds that each of these is one of its machine's.
 *
 * @param word below or above the station
 */
record Milestone(String phase, boolean onFormer, String word, Turn turn) {
    private static final String FIRST_WAY_BACK = "UNDO_";

    /** On the way to the new credential, by the secret's sub-type. */
    private static final Map<String, List<Milestone>> AHEAD = Map.of(
            "RamUserAccessKey",
            List.of(
                    candidate("PROVE", "created", Turn.CANDIDATE_WORKS),
                    candidate("OVERLAP", "current", Turn.CANDIDATE_CURRENT),
                    former("GRACE_PERIOD", "disabled", Turn.FORMER_ENDED),
                    former("PROVE_REFUSED", "deleted", Turn.NOTHING),
                    former("UNDO_PROVE", "enabled", Turn.FORMER_WORKS),
                    former("UNDO_OVERLAP", "current", Turn.FORMER_CURRENT),
                    candidate("UNDO_GRACE", "disabled", Turn.CANDIDATE_ENDED),
                    former("ROLLED_BACK", "alone", Turn.FORMER_CURRENT)),
            "DoubleUsers",
            List.of(
                    candidate("PROVE", "set", Turn.CANDIDATE_WORKS),
                    candidate("PROVE_REFUSED", "current", Turn.CANDIDATE_CURRENT)),
            "SingleUser",
            List.of(
                    candidate("SETTLE", "being set", Turn.NOTHING),
                    candidate("PROVE", "current", Turn.CHANGED_PLACES),
                    candidate("PROVE_REFUSED", "proven", Turn.NOTHING)),
            "SSHKey",
            List.of(
                    candidate("PROVE_KEY", "added", Turn.CANDIDATE_WORKS),
                    candidate("REMOVE_KEY", "current", Turn.CANDIDATE_CURRENT),
                    former("PROVE_REFUSED", "removed", Turn.FORMER_ENDED)),
            "Password",
            List.of(
                    candidate("AWAIT_SET", "being set", Turn.NOTHING),
                    candidate("PROVE_PASSWORD", "current", Turn.CHANGED_PLACES),
                    candidate("PROVE_REFUSED", "proven", Turn.NOTHING)));

    /** What comes next, at the time the rotation waits for. */
    private static final Map<String, Milestone> TO_COME = Map.of(
            "OVERLAP", former("OVERLAP", "disable", Turn.FORMER_ENDED),
            "GRACE_PERIOD", former("GRACE_PERIOD", "delete", Turn.NOTHING),
            "UNDO_OVERLAP", candidate("UNDO_OVERLAP", "disable", Turn.CANDIDATE_ENDED),
            "UNDO_GRACE", candidate("UNDO_GRACE", "delete", Turn.NOTHING));

    private static final Milestone ROLLING_BACK = candidate("", "rolling back", Turn.NOTHING);
    private static final Milestone ROLLED_BACK = former("ROLLED_BACK", "current", Turn.FORMER_CURRENT);

    private static Milestone former(String phase, String word, Turn turn) {
        return new Milestone(phase, true, word, turn);
    }

    private static Milestone candidate(String phase, String word, Turn turn) {
        return new Milestone(phase, false, word, turn);
    }

    /** @param rollingBack whether that has a station already */
    static Optional<Milestone> at(String kind, String phase, boolean rollingBack) {
        Optional<Milestone> own = AHEAD.getOrDefault(kind, List.of()).stream()
                .filter(milestone -> milestone.phase.equals(phase))
                .findFirst();
        if (own.isPresent()) {
            return own;
        }
        if (phase.equals(ROLLED_BACK.phase)) {
            return Optional.of(ROLLED_BACK);
        }
        return isWayBack(phase) && !rollingBack ? Optional.of(ROLLING_BACK) : Optional.empty();
    }

    static boolean isWayBack(String phase) {
        return phase.startsWith(FIRST_WAY_BACK);
    }

    static Optional<Milestone> after(String phase) {
        return Optional.ofNullable(TO_COME.get(phase));
    }
}
