package io.gyre.worker.machine;

/** How secrets of one type are rotated: a pure function, so every path through it can be walked by a test. */
public interface Machine {
    /** (phase, what happened, what holds) → next phase; the whole life of a rotation on one page. */
    Table<?> table();

    /** Whether the target is another one once the effect of this phase has taken place. */
    default boolean changesTheTarget(String phase) {
        return table().changesTheTarget(phase);
    }

    /** What goes on in this phase, as the timeline says it. */
    default String title(String phase) {
        return table().phase(phase).title();
    }

    /** What is to be done now. The same question always has the same answer. */
    default Decision decide(Rotation rotation, Happening happening, Now now) {
        return table().decide(rotation, happening, now);
    }
}
