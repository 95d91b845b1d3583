package io.gyre.worker.engine;

import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Minted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A decision on its way into the store.
 *
 * @param candidate the new credential that is committed with it, pending; null for none
 * @param lease how long the worker holds on to the rotation from the commit on; null to let it go
 */
public record Transition(
        Claimed claimed,
        Decision decision,
        @Nullable Minted candidate,
        @Nullable Duration lease) {}
