package io.gyre.api.policy;

import io.gyre.api.policy.PrincipalPattern.Match;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** A policy of version 1 of RAM's grammar: of an identity, or of a secret or key. */
public record Policy(List<Statement> statements) {
    public Policy {
        statements = List.copyOf(statements);
    }

    /** What an identity's policies say together. */
    public static Verdict ofIdentity(Collection<Policy> policies, Question question) {
        List<Statement> about = policies.stream()
                .flatMap(policy -> policy.statements.stream())
                .filter(statement -> statement.isAbout(question))
                .toList();
        return verdict(about, statement -> true);
    }

    /** What this policy of a secret or key says of the account that the principal belongs to. */
    public Verdict ofAccount(Question question) {
        return verdict(aboutPrincipal(question), statement -> true);
    }

    /** The same, where only statements that name the principal itself allow; one that names the account denies. */
    public Verdict byName(Question question) {
        return verdict(aboutPrincipal(question), statement -> statement.match(question.principal()) == Match.NAMED);
    }

    private List<Statement> aboutPrincipal(Question question) {
        return statements.stream()
                .filter(statement -> statement.match(question.principal()) != Match.NONE)
                .filter(statement -> statement.isAbout(question))
                .toList();
    }

    private static Verdict verdict(List<Statement> about, Predicate<Statement> allows) {
        if (about.stream().anyMatch(statement -> statement.effect() == Effect.DENY)) {
            return Verdict.DENIED;
        }
        return about.stream().anyMatch(allows) ? Verdict.ALLOWED : Verdict.NOT_ALLOWED;
    }
}
