package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.AccessVerdict;
import io.gyre.api.operations.ViewedAccess;
import io.gyre.api.operations.ViewedAccess.Wanted;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code /console/access/test}: may X do Y on Z? Whether it is allowed, by which statement of which policy, or what would allow it.
 * Each question has an address.
 */
@ApplicationScoped
class AccessTestPage implements Page {
    static final String PATH = AccessPage.PATH + "/test";

    /** As many as a list to choose from is worth. */
    private static final String SUGGESTED = "100";

    private final ViewedAccess access;
    private final ConsoleActions actions;
    private final ConsoleCalls calls;

    AccessTestPage(ViewedAccess access, ConsoleActions actions, ConsoleCalls calls) {
        this.access = access;
        this.actions = actions;
        this.calls = calls;
    }

    /** What is asked, as it was given. */
    record Asked(
            String principal, String action, String resource, String time, String sourceIp, String secureTransport) {
        static Asked of(Query query) {
            return new Asked(
                    query.text("principal"),
                    query.text("action"),
                    query.text("resource"),
                    query.text("time"),
                    query.text("sourceIp"),
                    query.text("secureTransport"));
        }

        /** Whether there is a question yet. */
        boolean isWhole() {
            return !principal.isEmpty() && !action.isEmpty();
        }

        Wanted wanted() {
            return new Wanted(principal, action, resource, time, sourceIp, secureTransport);
        }

        /** As the operations API would have it, for the audit log. */
        Operation operation() {
            SortedMap<String, String> given = new TreeMap<>(Map.of(
                    "principal", principal,
                    "action", action,
                    "resource", resource,
                    "time", time,
                    "sourceIp", sourceIp,
                    "secureTransport", secureTransport));
            given.values().removeIf(String::isEmpty);
            return new Operation("TestAccess", "access/test", given);
        }
    }

    /** What there is to choose from; what the visitor may not list is left out. */
    record Suggestions(List<String> principals, List<String> resources, List<String> actions) {}

    /**
     * What the page shows.
     *
     * @param refusal why it cannot be asked so; empty where it can
     */
    record Trial(Asked asked, Suggestions suggestions, Optional<AccessVerdict> verdict, String refusal) {
        /** Where the policy is that decides; empty for one of a secret or key. */
        public String address(AccessVerdict.DecidedBy by) {
            String name = by.policy();
            return name == null ? "" : OnePolicyPage.address(name) + "#statement-" + by.statement();
        }
    }

    static String address(String principal) {
        return ConsoleRoutes.ROOT + PATH + "?" + new Query(Map.of("principal", principal)).text();
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        Asked asked = Asked.of(visit.query());
        Uni<Seen<AccessVerdict>> verdict = asked.isWhole()
                ? Seen.of(calls.make(
                        visit,
                        visitor,
                        asked.operation(),
                        () -> access.test(visitor.accountId(), asked.wanted(), visit.sourceAddress(), visit.secure())))
                : Uni.createFrom().item(Seen.nothing());
        return verdict.chain(seen -> suggestions(visit, visitor)
                .map(suggestions -> Answer.page(
                        200,
                        Templates.accessTest(
                                Frame.of("May X do Y?", visit, visitor),
                                new Trial(asked, suggestions, seen.found(), seen.refusal())))));
    }

    private Uni<Suggestions> suggestions(Visit visit, Visitor visitor) {
        Map<String, String> most = Map.of("MaxItems", SUGGESTED);
        return Seen.of(actions.ram(visit, visitor, "ListUsers", most)).chain(users -> Seen.of(
                        actions.ram(visit, visitor, "ListRoles", most))
                .chain(roles -> Seen.of(actions.call(visit, visitor, "ListSecrets", Map.of("PageSize", SUGGESTED)))
                        .map(secrets -> {
                            List<String> principals = new ArrayList<>();
                            users.found().ifPresent(answer -> AccessLists.of(answer, "Users", "User")
                                    .forEach(user -> principals.add(
                                            "user/" + user.path("UserName").asText())));
                            roles.found().ifPresent(answer -> AccessLists.of(answer, "Roles", "Role")
                                    .forEach(role -> principals.add(
                                            "role/" + role.path("RoleName").asText())));
                            List<String> resources = new ArrayList<>();
                            secrets.found().ifPresent(answer -> AccessLists.of(answer, "SecretList", "Secret")
                                    .forEach(secret -> resources.add("secret/"
                                            + secret.path("SecretName").asText())));
                            return new Suggestions(principals, resources, List.copyOf(access.actions()));
                        })));
    }
}
