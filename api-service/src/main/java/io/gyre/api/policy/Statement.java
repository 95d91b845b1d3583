package io.gyre.api.policy;

import io.gyre.api.policy.PrincipalPattern.Match;
import java.util.Comparator;
import java.util.List;

/**
 * One statement of a policy.
 *
 * @param number counts from 1 in the policy
 * @param sid empty where it has none
 * @param principals empty in the policies of identities, which are about whom they are attached to
 * @param conditions which must all hold
 */
record Statement(
        int number,
        String sid,
        Effect effect,
        Choice actions,
        Choice resources,
        List<PrincipalPattern> principals,
        List<Condition> conditions) {
    Statement {
        principals = List.copyOf(principals);
        conditions = List.copyOf(conditions);
    }

    /** Names of actions are told apart by more than their case, those of resources by their case too. */
    boolean names(Question question) {
        return actions.includes(question.action(), Wildcard::matchesInAnyCase)
                && resources.includes(question.resource(), Wildcard::matches);
    }

    /** Whether all of its conditions do. Unless so it says nothing. */
    boolean holds(Facts facts) {
        return conditions.stream().allMatch(condition -> condition.holds(facts));
    }

    /** The closest of its principals. */
    Match match(Principal principal) {
        return principals.stream()
                .map(pattern -> pattern.match(principal))
                .max(Comparator.naturalOrder())
                .orElse(Match.NONE);
    }
}
