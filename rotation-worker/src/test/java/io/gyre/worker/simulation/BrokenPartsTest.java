package io.gyre.worker.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.engine.Transition;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Machine;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Now;
import io.gyre.worker.machine.Rotation;
import io.gyre.worker.machine.Table;
import io.gyre.worker.machine.Telling;
import io.gyre.worker.machine.VersionMove;
import io.gyre.worker.machine.Wake;
import io.gyre.worker.simulation.SimulatedDatabase.RotationRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The simulation finds what is broken: each part that keeps an invariant is replaced by one that does not. */
class BrokenPartsTest {
    private static final long SEEDS = 300;

    private static void isFound(String invariant, Parts broken) {
        try (Silence silence = new Silence()) {
            String found = null;
            for (long seed = 1; seed <= SEEDS && found == null; seed++) {
                found = new Simulation(seed, broken, false).run().broken();
            }
            String last = String.valueOf(found);
            assertTrue(last.startsWith(invariant), () -> "Found was: " + last);
        }
    }

    private static Parts with(Function<SimulatedClocks, SimulatedDatabase> database) {
        return new Parts() {
            @Override
            SimulatedDatabase database(SimulatedClocks clocks) {
                return database.apply(clocks);
            }
        };
    }

    private static Parts withMachines(UnaryOperator<Decision> change) {
        return new Parts() {
            @Override
            Machine machine(String type) {
                return new Altered(super.machine(type), change);
            }
        };
    }

    /** A machine whose decisions are changed behind its back. */
    private record Altered(Machine machine, UnaryOperator<Decision> change) implements Machine {
        @Override
        public Table<?> table() {
            return machine.table();
        }

        @Override
        public Decision decide(Rotation rotation, Happening happening, Now now) {
            return change.apply(machine.decide(rotation, happening, now));
        }
    }

    /** The same decision but for its moves, its orphan, its timer and what it tells. */
    private static Decision like(Decision was, Set<VersionMove> moves, Wake wake, Telling telling) {
        return new Decision(
                was.phase(),
                was.state(),
                was.memory(),
                was.attempt(),
                was.candidate(),
                moves,
                null,
                was.extended(),
                was.effect(),
                wake,
                telling);
    }

    @Test
    void aStoreThatIgnoresFences() {
        isFound("No commit", with(clocks -> new SimulatedDatabase(clocks) {
            @Override
            boolean mayCommit(RotationRow row, Transition transition) {
                return row.isActive();
            }
        }));
    }

    @Test
    void aStoreThatTakesCommitsAfterTheEndOfTheLease() {
        isFound("No commit is applied once its lease has run out", with(clocks -> new SimulatedDatabase(clocks) {
            @Override
            boolean mayCommit(RotationRow row, Transition transition) {
                return row.fence == transition.claimed().fence();
            }
        }));
    }

    @Test
    void aStoreThatLeasesWhatIsLeased() {
        isFound(
                "A rotation whose lease holds is claimed by no other worker",
                with(clocks -> new SimulatedDatabase(clocks) {
                    @Override
                    void lease(RotationRow row, String worker, Duration lease) {
                        super.lease(row, worker, lease);
                        row.leaseUntil = clocks.operational();
                        row.wakeAt = clocks.operational();
                    }
                }));
    }

    @Test
    void aStoreThatCommitsTheCandidateAfterTheEffect() {
        isFound("A candidate is committed before the target hears of it", with(clocks -> new SimulatedDatabase(clocks) {
            private final List<Runnable> later = new ArrayList<>();

            @Override
            boolean commit(Transition transition, String worker) {
                later.forEach(Runnable::run);
                later.clear();
                return super.commit(transition, worker);
            }

            @Override
            void keepCandidate(RotationRow row, Minted candidate) {
                later.add(() -> super.keepCandidate(row, candidate));
            }
        }));
    }

    @Test
    void anApiThatStartsASecondRotation() {
        isFound("A secret has one active rotation at most", with(clocks -> new SimulatedDatabase(clocks) {
            @Override
            boolean admits(String secret) {
                return true;
            }
        }));
    }

    @Test
    void aMachineThatPromotesBeforeProving() {
        isFound(
                "What ACSCurrent names is let in at every moment",
                withMachines(decision -> decision.phase().equals("PROVE")
                        ? like(decision, EnumSet.of(VersionMove.PROMOTE), decision.wake(), decision.telling())
                        : decision));
    }

    @Test
    void aMachineThatEndsWithoutRemovingTheFormerKey() {
        isFound(
                "A replaced credential is refused once the rotation has succeeded",
                withMachines(decision -> decision.phase().equals("REMOVE_KEY")
                        ? Decision.plain(
                                "SUCCEEDED",
                                RotationState.SUCCEEDED,
                                decision.memory(),
                                0,
                                null,
                                null,
                                decision.telling())
                        : decision));
    }

    @Test
    void aMachineThatListsNoOrphans() {
        isFound(
                "No credential is left over that is not listed as an orphan",
                withMachines(decision -> like(decision, decision.moves(), decision.wake(), decision.telling())));
    }

    @Test
    void aMachineThatAsksAPersonWithoutSayingWhy() {
        isFound(
                "Whoever is waited for is told why",
                withMachines(decision -> decision.state() == RotationState.WAITING
                        ? like(decision, decision.moves(), null, new Telling("Waiting.", null, false))
                        : decision));
    }

    @Test
    void aMachineThatSleepsForEver() {
        Wake never = new Wake(Wake.Clock.CALENDAR, Duration.ofDays(36_500));
        isFound(
                "Every rotation ends",
                withMachines(decision -> decision.phase().equals("GRACE_PERIOD")
                        ? like(decision, decision.moves(), never, decision.telling())
                        : decision));
    }

    @Test
    void aMachineThatHasNoRuleForAnAnswer() {
        isFound("Every machine has a rule for whatever happens", withMachines(decision -> {
            if (decision.attempt() > 1) {
                throw new IllegalStateException("The table has no line for it.");
            }
            return decision;
        }));
    }

    @Test
    void aBudgetThatIsEachWorkersOwn() {
        isFound("In any second a product is called no more often than its budget grants", new Parts() {
            @Override
            SimulatedBudget budget(VirtualTime time, Faults faults, Coverage coverage, Duration every, int burst) {
                return new SimulatedBudget(time, faults, coverage, every, burst) {
                    @Override
                    CallBudget of(SimulatedProcess process) {
                        return new SimulatedBudget(time, faults, coverage, every, burst).of(process);
                    }
                };
            }
        });
    }

    @Test
    void anEngineThatTakesNoTurns() {
        isFound("In any second a product is called no more often than its budget grants", new Parts() {
            @Override
            SimulatedBudget budget(VirtualTime time, Faults faults, Coverage coverage, Duration every, int burst) {
                return super.budget(time, faults, coverage, Duration.ofMillis(1), 1_000);
            }
        });
    }

    @Test
    void aMachineThatRetriesAtOnce() {
        Parts impatient = withMachines(decision -> decision.attempt() > 0 && decision.wake() != null
                ? like(decision, decision.moves(), Wake.soon(Duration.ZERO), decision.telling())
                : decision);
        try (Silence silence = new Silence()) {
            Backoffs all = new Backoffs();
            for (long seed = 1; seed <= 10; seed++) {
                all.add(new Simulation(seed, impatient, false).run().backoffs());
            }
            assertEquals(0, all.ratio(), "it does not keep the distance that SimulationTest asks for");
        }
    }
}
