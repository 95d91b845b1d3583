package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a rotation. It is committed as a whole before its effect is performed, so the phase in the database
 * always names the effect that is, or may be, under way.
 *
 * @param phase the phase from now on
 * @param memory all that is remembered from now on
 * @param attempt how often an effect has failed since the rotation last rested
 * @param candidate a new credential to commit with this decision; null for none
 * @param promote whether the candidate becomes ACSCurrent, and the former one ACSPrevious, with this decision
 * @param forgetFormer whether the former version is deleted with this decision, since its credential is gone
 * @param effect what to do at the target next; null for nothing
 * @param wake when to look again; null while an effect is performed, after the end, and while a person is waited for
 * @param note the timeline's entry; null for what nobody wants to read of, such as one more poll
 * @param finding what is wrong, in a sentence for a person; null for nothing
 */
public record Decision(
        String phase,
        RotationState state,
        Map<String, String> memory,
        int attempt,
        @Nullable NewCandidate candidate,
        boolean promote,
        boolean forgetFormer,
        @Nullable Effect effect,
        @Nullable Wake wake,
        @Nullable String note,
        @Nullable String finding) {

    public Decision {
        memory = Map.copyOf(memory);
        boolean active = state == RotationState.RUNNING;
        if (active != (effect != null ^ wake != null)) {
            throw new IllegalStateException("A rotation that runs has an effect or a timer, and any other has neither: "
                    + phase + ", " + state.label());
        }
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
