package io.gyre.api.policy;

import io.gyre.api.policy.PrincipalPattern.Match;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * A policy of version 1 of RAM's grammar: of an identity, or of a secret or key.
 *
 * @param name for whoever asks what decided; empty for one that has none
 */
public record Policy(String name, List<Statement> statements) {
    public Policy {
        statements = List.copyOf(statements);
    }

    public Policy named(String other) {
        return new Policy(other, statements);
    }

    /** What policies of one side of an identity say together. */
    public static Decision ofIdentity(Side side, Collection<Policy> policies, Question question) {
        return decision(side, policies, question, statement -> true, statement -> true);
    }

    /** What this policy of a secret or key says of the account that the principal belongs to. */
    public Decision ofAccount(Question question) {
        return ofResource(question, statement -> true);
    }

    /** The same, where only statements that name the principal itself allow; one that names the account denies. */
    public Decision byName(Question question) {
        return ofResource(question, statement -> statement.match(question.principal()) == Match.NAMED);
    }

    private Decision ofResource(Question question, Predicate<Statement> allows) {
        return decision(
                Side.RESOURCE,
                List.of(this),
                question,
                statement -> statement.match(question.principal()) != Match.NONE,
                allows);
    }

    private static Decision decision(
            Side side,
            Collection<Policy> policies,
            Question question,
            Predicate<Statement> speaks,
            Predicate<Statement> allows) {
        Ground allowing = null;
        Ground hindered = null;
        for (Policy policy : policies) {
            for (Statement statement : policy.statements) {
                if (!speaks.test(statement) || !statement.names(question)) {
                    continue;
                }
                boolean holds = statement.holds(question.facts());
                if (holds && statement.effect() == Effect.DENY) {
                    return new Decision(Verdict.DENIED, List.of(policy.ground(side, statement)));
                }
                boolean allowance = statement.effect() == Effect.ALLOW && allows.test(statement);
                if (allowance && holds && allowing == null) {
                    allowing = policy.ground(side, statement);
                } else if (allowance && !holds && hindered == null) {
                    hindered = policy.ground(side, statement);
                }
            }
        }
        if (allowing != null) {
            return new Decision(Verdict.ALLOWED, List.of(allowing));
        }
        return new Decision(Verdict.NOT_ALLOWED, List.of(hindered == null ? Ground.silence(side) : hindered));
    }

    private Ground ground(Side side, Statement statement) {
        return new Ground(side, name, statement.number(), statement.sid());
    }
}
