package io.gyre.worker.simulation;

import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Mint;
import java.util.Map;

/** All that the workers of one simulation share. */
record Surroundings(
        VirtualTime time,
        Dice dice,
        Faults faults,
        Trace trace,
        Witness witness,
        Parts parts,
        SimulatedDatabase database,
        Map<String, SimulatedTarget> targets,
        Mint mint,
        SimulatedBudget budget,
        EngineSettings settings) {}
