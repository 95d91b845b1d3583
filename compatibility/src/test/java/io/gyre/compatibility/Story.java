package io.gyre.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls in their order, each SDK with names of its own: {@code ${sdk}}. */
final class Story {
    private final List<Step> steps = new ArrayList<>();

    /** A call with its parameters by their names on the wire. */
    Step call(String action, Map<String, Object> parameters) {
        Step step = new Step(action, parameters);
        steps.add(step);
        return step;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }
}
