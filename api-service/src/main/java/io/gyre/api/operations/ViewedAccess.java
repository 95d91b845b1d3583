package io.gyre.api.operations;

import io.gyre.api.authorization.AccessTrial;
import io.gyre.api.authorization.AccessTrial.Judged;
import io.gyre.api.authorization.AccessTrials;
import io.gyre.api.authorization.AccessTrials.Asked;
import io.gyre.api.authorization.AccessTrials.Unanswerable;
import io.gyre.api.authorization.Circumstances;
import io.gyre.api.policy.IpRange;
import io.gyre.api.policy.Verdict;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.RoleStore;
import io.gyre.api.ram.UserStore;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The operation TestAccess, for the operations API and for the console. */
@ApplicationScoped
public class ViewedAccess {
    /** No ARN of the installation is longer. */
    private static final int LONGEST = 512;

    private static final String PRINCIPAL_RULE = "it must be user/NAME, role/NAME or root.";
    private static final String ADDRESS_RULE = "it must be an IP address, for example 10.0.3.7.";

    private final Mutiny.SessionFactory sessions;
    private final AccessTrials trials;
    private final UserStore users;
    private final RoleStore roles;
    private final OperationNames operations;
    private final InstantSource clock;

    ViewedAccess(
            Mutiny.SessionFactory sessions,
            AccessTrials trials,
            UserStore users,
            RoleStore roles,
            OperationNames operations,
            InstantSource clock) {
        this.sessions = sessions;
        this.trials = trials;
        this.users = users;
        this.roles = roles;
        this.operations = operations;
        this.clock = clock;
    }

    /**
     * What is asked, as it was given. Null and the empty text stand for what a call of whoever asks would have now.
     *
     * @param principal {@code user/NAME}, {@code role/NAME} or {@code root}
     * @param action a permission, for example {@code kms:GetSecretValue}
     * @param resource an ARN, or what stands behind the account in it
     * @param time in ISO 8601, on the wall clock
     * @param sourceIp without port
     * @param secureTransport true or false
     */
    public record Wanted(
            @Nullable String principal,
            @Nullable String action,
            @Nullable String resource,
            @Nullable String time,
            @Nullable String sourceIp,
            @Nullable String secureTransport) {}

    /** All that there is to be permitted, by name. */
    public SortedSet<String> actions() {
        SortedSet<String> all = new TreeSet<>(AccessTrials.permissions());
        all.addAll(operations.permissions());
        return all;
    }

    /**
     * @param sourceAddress of whoever asks
     * @param secure whether they ask over TLS
     * @return fails with an {@link RpcFault} where it cannot be asked so, or where there is no such user or role
     */
    public Uni<AccessVerdict> test(String account, Wanted wanted, String sourceAddress, boolean secure) {
        Asked asked = new Asked(
                account,
                given(wanted.principal())
                        .orElseThrow(() -> OperationFaults.missingQuery("principal", "say who would call.")),
                action(wanted),
                given(wanted.resource()).orElse(""),
                new Circumstances(
                        time(wanted),
                        secure(wanted).orElse(secure),
                        address(wanted).orElse(sourceAddress)));
        if (asked.resource().length() > LONGEST) {
            throw OperationFaults.invalid(
                    "resource", asked.resource(), "it must have at most " + LONGEST + " characters.");
        }
        return require(account, asked.principal())
                .chain(() -> trials.ask(asked))
                .map(trial -> verdict(asked, trial))
                .onFailure(NotPermitted.class)
                .recoverWithItem(refusal -> verdict(asked, List.of(), List.of(), refusal.missing()))
                .onFailure(Unanswerable.class)
                .transform(question -> question.isAboutResource()
                        ? OperationFaults.invalid("resource", asked.resource(), question.rule())
                        : OperationFaults.invalid("action", asked.permission(), question.rule()));
    }

    /** Of nobody it could be told which policies speak for them. */
    private Uni<Void> require(String account, String principal) {
        Optional<String> user = Principals.userName(principal);
        Optional<String> role = Principals.roleName(principal);
        if (user.isPresent()) {
            return sessions.withStatelessSession(session -> users.named(session, account, user.get()))
                    .replaceWithVoid();
        }
        if (role.isPresent()) {
            return sessions.withStatelessSession(session -> roles.named(session, account, role.get()))
                    .replaceWithVoid();
        }
        if (Principals.isRoot(principal)) {
            return Uni.createFrom().voidItem();
        }
        throw OperationFaults.invalid("principal", principal, PRINCIPAL_RULE);
    }

    private String action(Wanted wanted) {
        String action = given(wanted.action())
                .orElseThrow(() -> OperationFaults.missingQuery("action", "say what for, as kms:GetSecretValue."));
        if (!actions().contains(action)) {
            throw OperationFaults.invalid(
                    "action",
                    action,
                    "no call asks for it; permissions are spelt as docs/permissions.md has them, for example"
                            + " kms:GetSecretValue or gyre:RetryRotation.");
        }
        return action;
    }

    private Instant time(Wanted wanted) {
        return given(wanted.time())
                .map(text -> {
                    try {
                        return Instant.parse(text);
                    } catch (DateTimeParseException e) {
                        throw OperationFaults.invalid("time", text, "it must be a time like 2026-01-31T23:59:59Z.");
                    }
                })
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Optional<Boolean> secure(Wanted wanted) {
        return given(wanted.secureTransport()).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw OperationFaults.invalid("secureTransport", text, "it must be true or false.");
        });
    }

    private static Optional<String> address(Wanted wanted) {
        Optional<String> given = given(wanted.sourceIp());
        given.ifPresent(text -> {
            if (text.contains("/") || !IpRange.isOne(text)) {
                throw OperationFaults.invalid("sourceIp", text, ADDRESS_RULE);
            }
        });
        return given;
    }

    private static Optional<String> given(@Nullable String parameter) {
        return Optional.ofNullable(parameter).map(String::trim).filter(text -> !text.isEmpty());
    }

    private static AccessVerdict verdict(Asked asked, AccessTrial trial) {
        return verdict(
                asked, trial.judged().stream().map(each -> need(asked, each)).toList(), trial.beside(), "");
    }

    private static AccessVerdict verdict(
            Asked asked, List<AccessVerdict.Need> needs, List<String> beside, String obstacle) {
        return new AccessVerdict(
                asked.principal(),
                asked.permission(),
                asked.circumstances().time(),
                asked.circumstances().sourceAddress(),
                asked.circumstances().secure(),
                obstacle.isEmpty()
                        && needs.stream().allMatch(each -> each.verdict().equals("allowed")),
                needs,
                beside,
                obstacle);
    }

    private static AccessVerdict.Need need(Asked asked, Judged judged) {
        Verdict verdict = judged.decision().verdict();
        List<String> ready =
                verdict == Verdict.NOT_ALLOWED ? AccessTrials.systemPoliciesThatAllow(asked, judged) : List.of();
        return new AccessVerdict.Need(
                judged.permission(),
                judged.resource(),
                AccessVerdict.word(verdict),
                judged.decision().because().stream()
                        .map(AccessVerdict.DecidedBy::of)
                        .toList(),
                AccessWords.reason(asked.principal(), judged),
                AccessWords.remedy(asked.principal(), judged, ready));
    }
}
