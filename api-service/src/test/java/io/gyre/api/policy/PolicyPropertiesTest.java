package io.gyre.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Policies and questions of a small world, so that they meet often; the evaluator against a naive reading of the grammar. */
class PolicyPropertiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> ACTIONS = List.of(
            "kms:GetSecretValue", "kms:getsecretvalue", "kms:Decrypt", "kms:Get*", "kms:*", "ram:*", "*", "kms:?et*");

    private static final List<String> RESOURCES = List.of(
            "acs:kms:r:1:secret/a",
            "acs:kms:r:1:secret/a/b",
            "acs:kms:*:*:secret/a/*",
            "acs:kms:r:1:secret/*",
            "acs:kms:r:1:key/?",
            "acs:kms:r:1:*",
            "*");

    @Property(tries = 3000)
    void theEvaluatorSaysWhatTheGrammarSays(
            @ForAll("policies") List<JsonNode> policies, @ForAll("questions") Question question) {
        Verdict verdict = decided(
                policies.stream()
                        .map(policy -> PolicyReader.ofIdentity(policy.toString()))
                        .toList(),
                question);
        Statistics.collect(verdict);
        assertEquals(ReferenceEvaluator.ofIdentity(policies, question), verdict);
    }

    @Property
    void aFurtherDenialNeverAllowsMoreAndAFurtherAllowanceNeverLess(
            @ForAll("policies") List<JsonNode> policies, @ForAll("questions") Question question) {
        Verdict all = ReferenceEvaluator.ofIdentity(policies, question);
        List<Policy> denials = only(policies, Effect.DENY);
        List<Policy> allowances = only(policies, Effect.ALLOW);
        boolean denied = decided(denials, question) == Verdict.DENIED;
        boolean allowed = decided(allowances, question) == Verdict.ALLOWED;
        assertEquals(denied ? Verdict.DENIED : allowed ? Verdict.ALLOWED : Verdict.NOT_ALLOWED, all);
    }

    @Provide
    Arbitrary<List<JsonNode>> policies() {
        return statement()
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(PolicyPropertiesTest::policy)
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<Question> questions() {
        Arbitrary<Facts> facts = Combinators.combine(
                        Arbitraries.of("2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z"),
                        Arbitraries.of(true, false),
                        Arbitraries.of("10.0.0.1", "10.1.0.1", "192.168.0.1"),
                        Arbitraries.<Map<String, String>>of(
                                Map.of(), Map.of("team", "pay"), Map.of("team", "PAY"), Map.of("team", "7")))
                .as((time, secure, ip, tags) -> new Facts(Instant.parse(time), secure, ip, tags));
        return Combinators.combine(
                        Arbitraries.of("kms:GetSecretValue", "kms:Decrypt", "ram:CreateUser"),
                        Arbitraries.of("acs:kms:r:1:secret/a", "acs:kms:r:1:secret/a/b", "acs:kms:r:1:key/k"),
                        facts)
                .as((action, resource, known) -> new Question(new Principal("1", "user/u"), action, resource, known));
    }

    private static Arbitrary<JsonNode> statement() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just("Allow")), Tuple.of(1, Arbitraries.just("Deny"))),
                        Arbitraries.of("Action", "Action", "Action", "NotAction"),
                        Arbitraries.of(ACTIONS).list().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.of("Resource", "Resource", "Resource", "NotResource"),
                        Arbitraries.of(RESOURCES).list().ofMinSize(1).ofMaxSize(2),
                        condition().list().ofMaxSize(2))
                .as((effect, action, actions, resource, resources, conditions) -> {
                    ObjectNode statement = JSON.createObjectNode().put("Effect", effect);
                    statement.set(action, texts(actions));
                    statement.set(resource, texts(resources));
                    if (!conditions.isEmpty()) {
                        ObjectNode all = statement.putObject("Condition");
                        conditions.forEach(
                                line -> all.withObjectProperty(line.operator()).set(line.key(), texts(line.values())));
                    }
                    return statement;
                });
    }

    private record Line(String operator, String key, List<String> values) {}

    private static Arbitrary<Line> condition() {
        return Arbitraries.oneOf(
                line(
                        List.of(
                                "StringEquals",
                                "StringNotEquals",
                                "StringEqualsIgnoreCase",
                                "StringNotEqualsIgnoreCase"),
                        List.of("kms:tag/team", "kms:tag/absent"),
                        List.of("pay", "PAY", "x")),
                line(
                        List.of("StringLike", "StringNotLike"),
                        List.of("kms:tag/team", "acs:SourceIp"),
                        List.of("p*", "10.?.*")),
                line(
                        List.of(
                                "NumericEquals",
                                "NumericNotEquals",
                                "NumericLessThan",
                                "NumericLessThanEquals",
                                "NumericGreaterThan",
                                "NumericGreaterThanEquals"),
                        List.of("kms:tag/team"),
                        List.of("7", "7.0", "6", "8")),
                line(
                        List.of(
                                "DateEquals",
                                "DateNotEquals",
                                "DateLessThan",
                                "DateLessThanEquals",
                                "DateGreaterThan",
                                "DateGreaterThanEquals"),
                        List.of("acs:CurrentTime"),
                        List.of("2026-01-01T08:00:00+08:00", "2026-03-01T00:00:00Z")),
                line(
                        List.of("Bool"),
                        List.of("acs:SecureTransport", "acs:MFAPresent"),
                        List.of("true", "false", "TRUE")),
                line(
                        List.of("IpAddress", "NotIpAddress"),
                        List.of("acs:SourceIp"),
                        List.of("10.0.0.0/8", "10.1.0.1", "10.0.0.0/16", "0.0.0.0/0")));
    }

    private static Arbitrary<Line> line(List<String> operators, List<String> keys, List<String> values) {
        return Combinators.combine(
                        Arbitraries.of(operators),
                        Arbitraries.of(keys),
                        Arbitraries.of(values).list().ofMinSize(1).ofMaxSize(2))
                .as(Line::new);
    }

    private static JsonNode policy(List<JsonNode> statements) {
        ObjectNode policy = JSON.createObjectNode().put("Version", "1");
        policy.putArray("Statement").addAll(statements);
        return policy;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static Verdict decided(List<Policy> policies, Question question) {
        return Policy.ofIdentity(Side.IDENTITY, policies, question).verdict();
    }

    private static List<Policy> only(List<JsonNode> policies, Effect effect) {
        List<Policy> kept = new ArrayList<>();
        for (JsonNode policy : policies) {
            kept.add(new Policy(
                    "",
                    PolicyReader.ofIdentity(policy.toString()).statements().stream()
                            .filter(statement -> statement.effect() == effect)
                            .toList()));
        }
        return kept;
    }
}
