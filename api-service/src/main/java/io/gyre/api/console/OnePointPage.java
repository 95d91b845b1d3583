package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * {@code /console/access/point?name=NAME}: one access point with its client keys and their expiry, and what its policies permit, where
 * and from which addresses.
 */
@ApplicationScoped
class OnePointPage implements Page {
    private static final String PATH = AccessPage.PATH + "/point";

    /** Long enough to hand out another client key before this one ends. */
    private static final Duration SOON = Duration.ofDays(30);

    private final ConsoleReads reads;
    private final ConsoleActions actions;

    OnePointPage(ConsoleReads reads, ConsoleActions actions) {
        this.reads = reads;
        this.actions = actions;
    }

    static String address(String name) {
        return ConsoleRoutes.ROOT + PATH + "?" + new Query(Map.of("name", name)).text();
    }

    /** A client key; times are of the wall clock. */
    record Key(String id, RelativeTime begins, RelativeTime ends) {
        static Key of(JsonNode key, Instant wall) {
            return new Key(
                    key.path("ClientKeyId").asText(),
                    RelativeTime.of(key, "NotBefore", wall),
                    RelativeTime.of(key, "NotAfter", wall));
        }

        public String shape() {
            if (ends.isPast()) {
                return "failed";
            }
            return ends.at().isBefore(ends.now().plus(SOON)) ? "late" : begins.isPast() ? "works" : "open";
        }

        public String standing() {
            if (ends.isPast()) {
                return "expired";
            }
            return begins.isPast() ? "logs in" : "not yet";
        }
    }

    /** @param sources the addresses it names; a refusal in its place where they may not be known */
    record Rule(String name, String sources) {}

    /**
     * What a policy permits in one instance.
     *
     * @param refusal why the visitor may not see it; empty where they may
     */
    record Permit(
            String name,
            String instance,
            List<String> permissions,
            List<String> resources,
            List<Rule> rules,
            String refusal) {}

    /** What the page shows. */
    record Found(String name, String description, Seen<List<Key>> seen, List<Permit> permits) {
        public List<Key> keys() {
            return seen.or(refusal -> List.of());
        }

        public String keysRefusal() {
            return seen.refusal();
        }
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String name = visit.query().text("name");
        return actions.call(visit, visitor, "DescribeApplicationAccessPoint", Map.of("Name", name))
                .chain(point -> Seen.of(keys(visit, visitor, name)).chain(keys -> Multi.createFrom()
                        .iterable(AccessLists.texts(point.path("Policies").asText()))
                        .onItem()
                        .transformToUniAndConcatenate(policy -> permit(visit, visitor, policy))
                        .collect()
                        .asList()
                        .map(permits -> new Found(
                                point.path("Name").asText(),
                                point.path("Description").asText(),
                                keys,
                                permits))))
                .map(found -> Answer.page(200, Templates.point(Frame.of(found.name(), visit, visitor), found)));
    }

    private Uni<List<Key>> keys(Visit visit, Visitor visitor, String name) {
        return actions.call(visit, visitor, "ListClientKeys", Map.of("AapName", name))
                .chain(answer -> reads.now().map(now -> AccessLists.elements(answer.path("ClientKeys")).stream()
                        .map(key -> Key.of(key, now.wall()))
                        .toList()));
    }

    private Uni<Permit> permit(Visit visit, Visitor visitor, String policy) {
        Uni<Permit> described = actions.call(visit, visitor, "DescribePolicy", Map.of("Name", policy))
                .chain(found -> Multi.createFrom()
                        .iterable(AccessLists.elements(AccessLists.read(
                                        found.path("AccessControlRules").asText())
                                .path("NetworkRules")))
                        .onItem()
                        .transformToUniAndConcatenate(rule -> rule(visit, visitor, rule.asText()))
                        .collect()
                        .asList()
                        .map(rules -> new Permit(
                                found.path("Name").asText(),
                                found.path("KmsInstance").asText(),
                                texts(found.path("Permissions")),
                                texts(found.path("Resources")),
                                rules,
                                "")));
        return Seen.of(described)
                .map(seen -> seen.or(refusal -> new Permit(policy, "", List.of(), List.of(), List.of(), refusal)));
    }

    private Uni<Rule> rule(Visit visit, Visitor visitor, String name) {
        return Seen.of(actions.call(visit, visitor, "DescribeNetworkRule", Map.of("Name", name)))
                .map(seen -> new Rule(
                        name,
                        seen.found()
                                .map(rule -> String.join(
                                        ", ",
                                        AccessLists.texts(
                                                rule.path("SourcePrivateIp").asText())))
                                .orElse(seen.refusal())));
    }

    private static List<String> texts(JsonNode array) {
        return AccessLists.elements(array).stream().map(JsonNode::asText).toList();
    }
}
