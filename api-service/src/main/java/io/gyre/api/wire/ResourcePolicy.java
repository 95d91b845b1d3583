package io.gyre.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The policy of one secret or key: who may do what with it. What is found well-formed here is kept as it was given.
 *
 * <p>Version is {@code 1}; each statement has an Effect, a Principal of RAM, Actions of KMS and the one Resource
 * {@code *}; Sid and Condition are its author's choice.
 */
public final class ResourcePolicy {
    private static final String PARAMETER = "Policy";
    private static final int LIMIT_BYTES = 32 * 1024;
    private static final Set<String> NAMES = Set.of("", "default");

    private static final Set<String> STATEMENT_FIELDS =
            Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

    /** The documentation names no space, yet its own default policies have one: they are to be taken back. */
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9_/+=.@ -]{1,128}");

    private static final Pattern PRINCIPAL = Pattern.compile(
            "acs:ram::([0-9]{1,32}|\\*):(\\*|root|(user|role|assumed-role)/[\\p{L}\\p{N}._@/*?-]{1,128})");
    private static final Pattern ACTION = Pattern.compile("kms:[A-Za-z*?]{1,64}");
    private static final Pattern CONDITION_KEY = Pattern.compile("(acs|kms):[\\p{L}\\p{N}/\\\\_.+=:@ -]{1,160}");
    private static final Pattern OPERATOR = Pattern.compile("String(Not)?Equals(IgnoreCase)?|String(Not)?Like"
            + "|(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|(Not)?IpAddress");

    private ResourcePolicy() {}

    /**
     * The parameter PolicyName, which can only be {@code default}.
     *
     * @throws RpcFault InvalidParameter
     */
    public static void checkName(RpcRequest request) {
        String given = request.text("PolicyName");
        if (given != null && !NAMES.contains(given)) {
            throw KmsFaults.invalid("PolicyName", "it must be default.");
        }
    }

    /**
     * Finds out whether the text is a policy.
     *
     * @param text the parameter Policy, at most 32,768 bytes
     * @throws RpcFault InvalidParameter
     */
    public static void check(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES) {
            throw KmsFaults.invalid(PARAMETER, "it must have at most " + LIMIT_BYTES + " bytes.");
        }
        if (text.indexOf('\0') >= 0 || !PlainText.isEncodable(text)) {
            throw KmsFaults.invalid(PARAMETER, "it must be a text that UTF-8 can carry.");
        }
        ObjectNode policy = WireJson.object(PARAMETER, text);
        WireJson.only(PARAMETER, policy, Set.of("Version", "Statement"));
        if (!policy.path("Version").asText().equals("1")) {
            throw KmsFaults.invalid(PARAMETER, "its Version must be \"1\".");
        }
        if (!(policy.path("Statement") instanceof ArrayNode statements) || statements.isEmpty()) {
            throw KmsFaults.invalid(PARAMETER, "its Statement must be an array with at least one statement.");
        }
        statements.forEach(ResourcePolicy::checkStatement);
    }

    /** The policy of what has none of its own: its account may do everything, and let its RAM identities do so. */
    public static String defaultOf(String sid, String account) {
        ObjectNode policy = WireJson.answer().put("Version", "1");
        ObjectNode statement =
                policy.putArray("Statement").addObject().put("Sid", sid).put("Effect", "Allow");
        statement.putObject("Principal").putArray("RAM").add("acs:ram::" + account + ":*");
        statement.putArray("Action").add("kms:*");
        statement.putArray("Resource").add("*");
        return policy.toString();
    }

    private static void checkStatement(JsonNode statement) {
        if (!statement.isObject()) {
            throw KmsFaults.invalid(PARAMETER, "each statement must be an object.");
        }
        WireJson.only(PARAMETER, statement, STATEMENT_FIELDS);
        JsonNode sid = statement.path("Sid");
        demand(
                sid.isMissingNode() || isText(sid, matching(SID)),
                "its Sid must have 1 to 128 letters, digits, spaces" + " and _ / + = . @ -.");
        demand(
                isText(statement.path("Effect"), Set.of("Allow", "Deny")::contains),
                "its Effect must be Allow or Deny.");
        checkPrincipal(statement.path("Principal"));
        demand(
                areTexts(statement.path("Action"), matching(ACTION)),
                "its Action must be one or more actions of KMS, each like kms:GetSecretValue or kms:*.");
        demand(areTexts(statement.path("Resource"), "*"::equals), "its Resource must be *, the secret or key itself.");
        JsonNode condition = statement.path("Condition");
        demand(
                condition.isMissingNode() || isCondition(condition),
                "its Condition must be an object of operators, each with an object of keys and their values as texts,"
                        + " for example {\"IpAddress\":{\"acs:SourceIp\":[\"10.0.0.0/8\"]}}.");
    }

    private static void checkPrincipal(JsonNode principal) {
        if (principal.isObject()) {
            WireJson.only(PARAMETER, principal, Set.of("RAM"));
        }
        demand(
                areTexts(principal.path("RAM"), matching(PRINCIPAL)),
                "its Principal must be {\"RAM\":[…]} with one or more of acs:ram::ACCOUNT:*, acs:ram::ACCOUNT:root,"
                        + " acs:ram::ACCOUNT:user/NAME and acs:ram::ACCOUNT:role/NAME.");
    }

    private static boolean isCondition(JsonNode condition) {
        if (!condition.isObject()) {
            return false;
        }
        for (var operator : condition.properties()) {
            if (!OPERATOR.matcher(operator.getKey()).matches()
                    || !operator.getValue().isObject()) {
                return false;
            }
            for (var key : operator.getValue().properties()) {
                if (!CONDITION_KEY.matcher(key.getKey()).matches() || !areTexts(key.getValue(), value -> true)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Predicate<String> matching(Pattern pattern) {
        return text -> pattern.matcher(text).matches();
    }

    private static boolean isText(JsonNode node, Predicate<String> right) {
        return node.isTextual() && right.test(node.textValue());
    }

    /** One text, or an array of at least one. */
    private static boolean areTexts(JsonNode node, Predicate<String> right) {
        List<JsonNode> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(texts::add);
        } else {
            texts.add(node);
        }
        return !texts.isEmpty() && texts.stream().allMatch(text -> isText(text, right));
    }

    private static void demand(boolean holds, String rule) {
        if (!holds) {
            throw KmsFaults.invalid(PARAMETER, "of each statement, " + rule);
        }
    }
}
