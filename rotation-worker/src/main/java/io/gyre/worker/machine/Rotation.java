package io.gyre.worker.machine;

import io.gyre.rotation.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rotation as its machine sees it: what was fixed at the request, and what was noted since. It holds no secret.
 *
 * @param subType the secret's sub-type as on the wire, for example {@code DoubleUsers}
 * @param target where the credential is checked: the secret's ExtendedConfig, flat
 * @param overlap how long the former credential lives on beside the new one, on the calendar; zero where no machine
 *     reads it
 * @param phase the phase's name in the machine
 * @param memory what the effects reported so far, by name
 * @param attempt how often an effect has failed since the rotation last rested
 * @param former what the credential that was current at the request is called at the target
 * @param idle what the credential that was ACSPrevious at the request is called there; null if there was none
 * @param candidate what the new credential is called there; null until there is one
 * @param leftovers what the credentials are called that earlier rotations left there and nobody is given
 */
public record Rotation(
        UUID id,
        Trigger trigger,
        String subType,
        Map<String, String> target,
        Duration overlap,
        String phase,
        Map<String, String> memory,
        int attempt,
        String former,
        @Nullable String idle,
        @Nullable String candidate,
        Set<String> leftovers) {

    public Rotation {
        target = Map.copyOf(target);
        memory = Map.copyOf(memory);
        leftovers = Set.copyOf(leftovers);
    }

    /** The rotation once the decision is committed. */
    public Rotation after(Decision decision) {
        Decision.NewCandidate made = decision.candidate();
        return with(
                decision.phase(),
                decision.memory(),
                decision.attempt(),
                made == null ? candidate : made.credentialName());
    }

    /** Whether the target may be another one than before the rotation: it is brought to its end before others begin. */
    public boolean isUnderWay() {
        return Memory.CHANGED.equals(memory.get(Memory.TOUCHED));
    }

    /** The same, in another phase. */
    public Rotation in(String otherPhase) {
        return with(otherPhase, memory, attempt, candidate);
    }

    /** The same, with other memories. */
    Rotation remembering(Map<String, String> otherMemory) {
        return with(phase, otherMemory, attempt, candidate);
    }

    /** The same, after so many failures. */
    Rotation tried(int otherAttempt) {
        return with(phase, memory, otherAttempt, candidate);
    }

    Rotation with(
            String otherPhase, Map<String, String> otherMemory, int otherAttempt, @Nullable String otherCandidate) {
        return new Rotation(
                id,
                trigger,
                subType,
                target,
                overlap,
                otherPhase,
                otherMemory,
                otherAttempt,
                former,
                idle,
                otherCandidate,
                leftovers);
    }

    /** @throws IllegalStateException if the secret was created without it, which CreateSecret does not allow */
    public String target(String name) {
        return present(target.get(name), "ExtendedConfig has no " + name);
    }

    /** @throws IllegalStateException if no effect has reported it yet: the machine's table is then wrong */
    public String fact(String name) {
        return present(memory.get(name), "nothing has reported " + name);
    }

    private String present(@Nullable String value, String otherwise) {
        if (value == null) {
            throw new IllegalStateException("Rotation " + id + " in phase " + phase + ": " + otherwise + ".");
        }
        return value;
    }
}
