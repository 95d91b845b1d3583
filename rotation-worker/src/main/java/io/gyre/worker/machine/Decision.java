package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a rotation. It is committed as a whole before its effect is performed, so the phase in the database
 * always names the effect that is, or may be, under way.
 *
 * @param phase the phase from now on
 * @param memory all that is remembered from now on
 * @param attempt how often an effect has failed since the rotation last rested
 * @param candidate a new credential to commit with this decision; null for none
 * @param moves what it does to the secret's versions
 * @param orphan what becomes known of a credential that nobody is given; null for nothing
 * @param extended by how much the rotation may now take longer than was expected, on the calendar
 * @param effect what to do at the target next; null for nothing
 * @param wake when to look again; null while an effect is performed, after the end, and while a person is waited for
 */
public record Decision(
        String phase,
        RotationState state,
        Map<String, String> memory,
        int attempt,
        @Nullable NewCandidate candidate,
        Set<VersionMove> moves,
        @Nullable Orphan orphan,
        Duration extended,
        @Nullable Effect effect,
        @Nullable Wake wake,
        Telling telling) {

    public Decision {
        memory = Map.copyOf(memory);
        moves = Set.copyOf(moves);
        boolean active = state == RotationState.RUNNING;
        if (active != (effect != null ^ wake != null)) {
            throw new IllegalStateException("A rotation that runs has an effect or a timer, and any other has neither: "
                    + phase + ", " + state.label());
        }
    }

    /** A decision that changes neither versions nor orphans. */
    public static Decision plain(
            String phase,
            RotationState state,
            Map<String, String> memory,
            int attempt,
            @Nullable Effect effect,
            @Nullable Wake wake,
            Telling telling) {
        return new Decision(phase, state, memory, attempt, null, Set.of(), null, Duration.ZERO, effect, wake, telling);
    }

    /** The same, told otherwise. */
    Decision telling(Telling other) {
        return new Decision(phase, state, memory, attempt, candidate, moves, orphan, extended, effect, wake, other);
    }

    /** The same, and it may take that much longer. */
    Decision extended(Duration by) {
        return new Decision(phase, state, memory, attempt, candidate, moves, orphan, by, effect, wake, telling);
    }

    public boolean does(VersionMove move) {
        return moves.contains(move);
    }

    /** Where the new credential comes from. */
    public sealed interface NewCandidate {
        /** What the credential is called at the target. */
        String credentialName();

        /** Gyre makes it. */
        record Make(Recipe recipe) implements NewCandidate {
            @Override
            public String credentialName() {
                return recipe.credentialName();
            }
        }

        /** The target made it and told us. */
        record Adopt(Minted minted) implements NewCandidate {
            @Override
            public String credentialName() {
                return minted.name();
            }
        }
    }
}
