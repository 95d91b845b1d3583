package io.gyre.api.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads policies strictly, by version 1 of the grammar (RAM documentation, "Policy structure and syntax"): what is not
 * understood is refused, for it cannot be enforced. Each of the two kinds has its fields and its limit.
 */
public final class PolicyReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** In the policy of a resource a space too: the documented default policies have one. */
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9_/+=.@ -]{1,128}");

    private static final Pattern ACTION = Pattern.compile("\\*|[a-z0-9*?-]{1,32}:[A-Za-z0-9*?]{1,128}");
    private static final Pattern KMS_ACTION = Pattern.compile("kms:[A-Za-z*?]{1,64}");
    private static final Pattern RESOURCE = Pattern.compile("\\*|acs:[^:]{1,64}:[^:]{0,64}:[^:]{0,64}:.{1,512}");

    private enum Kind {
        IDENTITY(6 * 1024, Set.of("Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")),
        RESOURCE(32 * 1024, Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition"));

        private final int limitBytes;
        private final Set<String> fields;

        Kind(int limitBytes, Set<String> fields) {
            this.limitBytes = limitBytes;
            this.fields = fields;
        }
    }

    private final Kind kind;

    private PolicyReader(Kind kind) {
        this.kind = kind;
    }

    /**
     * The policy of a user or role, at most 6,144 bytes: Effect, Action or NotAction, Resource or NotResource, Condition.
     *
     * @throws MalformedPolicy with the rule that is broken
     */
    public static Policy ofIdentity(String text) {
        return new PolicyReader(Kind.IDENTITY).read(text);
    }

    /**
     * The policy of a secret or key, at most 32,768 bytes: Sid, Effect, Principal of RAM, Action of KMS, the one Resource
     * {@code *}, Condition.
     *
     * @throws MalformedPolicy with the rule that is broken
     */
    public static Policy ofResource(String text) {
        return new PolicyReader(Kind.RESOURCE).read(text);
    }

    private Policy read(String text) {
        demand(
                text.getBytes(StandardCharsets.UTF_8).length <= kind.limitBytes,
                "it must have at most " + kind.limitBytes + " bytes.");
        demand(
                text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text),
                "it must be a text that UTF-8 can carry.");
        JsonNode policy = json(text);
        demand(policy.isObject(), "it must be a JSON object.");
        only(policy, Set.of("Version", "Statement"));
        JsonNode version = policy.path("Version");
        demand(version.isTextual() && version.textValue().equals("1"), "its Version must be \"1\".");
        JsonNode statements = policy.path("Statement");
        demand(
                statements.isArray() && !statements.isEmpty(),
                "its Statement must be an array with at least one statement.");
        List<Statement> read = new ArrayList<>();
        statements.forEach(statement -> read.add(statement(read.size() + 1, statement)));
        return new Policy("", read);
    }

    private Statement statement(int number, JsonNode statement) {
        demand(statement.isObject(), "each statement must be an object.");
        only(statement, kind.fields);
        JsonNode sid = statement.path("Sid");
        ofEach(
                sid.isMissingNode() || (sid.isTextual() && matches(SID).test(sid.textValue())),
                "its Sid must have 1 to 128 letters, digits, spaces and _ / + = . @ -.");
        String effect = statement.path("Effect").asText();
        ofEach(effect.equals("Allow") || effect.equals("Deny"), "its Effect must be Allow or Deny.");
        return new Statement(
                number,
                sid.asText(),
                effect.equals("Allow") ? Effect.ALLOW : Effect.DENY,
                actions(statement),
                resources(statement),
                principals(statement),
                conditions(statement.path("Condition")));
    }

    private Choice actions(JsonNode statement) {
        return switch (kind) {
            case IDENTITY ->
                choice(
                        statement,
                        "Action",
                        matches(ACTION),
                        "one or more actions, each like kms:GetSecretValue, kms:Get* or *.");
            case RESOURCE ->
                choice(
                        statement,
                        "Action",
                        matches(KMS_ACTION),
                        "one or more actions of KMS, each like kms:GetSecretValue or kms:*.");
        };
    }

    private Choice resources(JsonNode statement) {
        return switch (kind) {
            case IDENTITY ->
                choice(
                        statement,
                        "Resource",
                        matches(RESOURCE),
                        "one or more ARNs, each like acs:kms:REGION:ACCOUNT:secret/NAME, or *.");
            case RESOURCE -> choice(statement, "Resource", "*"::equals, "*, the secret or key itself.");
        };
    }

    /** Of the field, or of the one that begins with Not where the kind has it. */
    private Choice choice(JsonNode statement, String field, Predicate<String> right, String rule) {
        boolean negated = statement.has("Not" + field);
        ofEach(
                statement.has(field) != negated,
                kind.fields.contains("Not" + field)
                        ? "it must have either " + field + " or Not" + field + "."
                        : "it must have " + field + ".");
        String given = negated ? "Not" + field : field;
        List<String> texts = texts(statement.path(given), right, "its " + given + " must be " + rule);
        return new Choice(!negated, texts.stream().map(Wildcard::new).toList());
    }

    private List<PrincipalPattern> principals(JsonNode statement) {
        if (kind == Kind.IDENTITY) {
            return List.of();
        }
        JsonNode principal = statement.path("Principal");
        String rule = "its Principal must be {\"RAM\":[…]} with one or more of " + PrincipalPattern.RULE + ".";
        ofEach(principal.isObject() && !principal.isEmpty(), rule);
        only(principal, Set.of("RAM"));
        return texts(principal.path("RAM"), PrincipalPattern::isOne, rule).stream()
                .map(PrincipalPattern::of)
                .toList();
    }

    private static List<Condition> conditions(JsonNode condition) {
        List<Condition> conditions = new ArrayList<>();
        if (condition.isMissingNode()) {
            return conditions;
        }
        ofEach(
                condition.isObject(),
                "its Condition must be an object of operators, each with an object of keys and their values as texts,"
                        + " for example {\"IpAddress\":{\"acs:SourceIp\":[\"10.0.0.0/8\"]}}.");
        for (var line : condition.properties()) {
            Operator operator = known(
                    line.getKey(),
                    Operator::of,
                    "the operators of its Condition must be those of RAM, such as"
                            + " StringEquals, DateLessThan, Bool and IpAddress");
            ofEach(line.getValue().isObject(), "each operator of its Condition must have an object of keys.");
            for (var key : line.getValue().properties()) {
                conditions.add(new Condition(
                        operator,
                        known(key.getKey(), ConditionKey::of, "the keys of its Condition must be " + ConditionKey.RULE),
                        texts(
                                key.getValue(),
                                operator.operand()::admits,
                                "the values of " + line.getKey() + " must be texts, each "
                                        + operator.operand().rule() + ".")));
            }
        }
        return conditions;
    }

    private static <T> T known(String text, Function<String, Optional<T>> reading, String rule) {
        return reading.apply(text).orElseThrow(() -> new MalformedPolicy("of each statement, " + rule + "."));
    }

    /** One text, or an array of at least one. */
    private static List<String> texts(JsonNode node, Predicate<String> right, String rule) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node.isArray() ? node : List.of(node)) {
            ofEach(each.isTextual() && right.test(each.textValue()), rule);
            texts.add(each.textValue());
        }
        ofEach(!texts.isEmpty(), rule);
        return texts;
    }

    private static Predicate<String> matches(Pattern pattern) {
        return text -> pattern.matcher(text).matches();
    }

    private static void only(JsonNode object, Set<String> fields) {
        object.fieldNames()
                .forEachRemaining(name -> demand(
                        fields.contains(name),
                        "it may have no fields but "
                                + String.join(", ", fields.stream().sorted().toList()) + "."));
    }

    private static void ofEach(boolean holds, String rule) {
        demand(holds, "of each statement, " + rule);
    }

    private static void demand(boolean holds, String rule) {
        if (!holds) {
            throw new MalformedPolicy(rule);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedPolicy("it must be well-formed JSON that names no field twice.");
        }
    }
}
