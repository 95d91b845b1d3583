package io.gyre.benchmarks.installation;

import io.gyre.benchmarks.installation.FourSteps.Step;
import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Doing;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Machine;
import io.gyre.worker.machine.Patience;
import io.gyre.worker.machine.Phase;
import io.gyre.worker.machine.Table;
import java.util.UUID;

/** The shortest machine with four effects, one after the other: what the peers' sagas do. */
public final class FourSteps implements Machine {
    /** The phases, of which four perform an effect. */
    public enum Step implements Phase {
        REQUESTED("Requested", Doing.begin()),
        FIRST("The first step", effect()),
        SECOND("The second step", effect()),
        THIRD("The third step", effect()),
        FOURTH("The fourth step", effect()),
        SUCCEEDED("Done", Doing.finish(RotationState.SUCCEEDED));

        private final String title;
        private final Doing doing;

        Step(String title, Doing doing) {
            this.title = title;
            this.doing = doing;
        }

        private static Doing effect() {
            return Doing.look(
                    rotation -> new Touch(
                            Step.valueOf(rotation.phase()),
                            rotation.id(),
                            Integer.parseInt(rotation.target().getOrDefault("Target", "0"))),
                    Patience.CALL);
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

    /**
     * Done at the target.
     *
     * @param target its number, from 0
     */
    public record Touch(Step step, UUID rotation, int target) implements Effect {}

    private static final Table<Step> TABLE = Table.of(Step.class)
            .woken(Step.REQUESTED)
            .go(Step.FIRST)
            .done(Step.FIRST)
            .go(Step.SECOND)
            .done(Step.SECOND)
            .go(Step.THIRD)
            .done(Step.THIRD)
            .go(Step.FOURTH)
            .done(Step.FOURTH)
            .go(Step.SUCCEEDED)
            .build();

    @Override
    public Table<Step> table() {
        return TABLE;
    }
}
