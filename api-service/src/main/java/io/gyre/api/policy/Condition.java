package io.gyre.api.policy;

import java.util.List;

/**
 * One line of a statement's Condition.
 *
 * @param values one of which is enough
 */
record Condition(Operator operator, ConditionKey key, List<String> values) {
    Condition {
        values = List.copyOf(values);
    }

    boolean holds(Facts facts) {
        return operator.holds(facts.value(key), values);
    }
}
