package io.gyre.api.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Who may take a role on. Each statement names identities ({@code "RAM"}, by their ARNs) or services ({@code "Service"})
 * that may, or may not, call sts:AssumeRole; a Deny counts more than any Allow. {@code acs:ram::ACCOUNT:root} stands for
 * every identity of that account. It has no Condition: nothing here would evaluate one.
 */
public final class TrustPolicy {
    static final int LIMIT = 4096;

    private static final String PARAMETER = "AssumeRolePolicyDocument";
    private static final String ASSUME = "sts:AssumeRole";
    private static final Pattern IDENTITY =
            Pattern.compile("acs:ram::[0-9]{1,32}:(root|user/[A-Za-z0-9._-]{1,64}|role/[A-Za-z0-9._-]{1,64})");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,127}");

    private final List<Statement> statements;

    private TrustPolicy(List<Statement> statements) {
        this.statements = statements;
    }

    private record Statement(boolean allows, Set<String> identities, Set<String> services) {}

    /** @throws RpcFault InvalidParameter.AssumeRolePolicyDocument.Length or MalformedPolicyDocument */
    public static TrustPolicy parse(String text) {
        if (text.length() > LIMIT) {
            throw RamFaults.invalidLength(PARAMETER, LIMIT);
        }
        if (text.indexOf('\0') >= 0 || !PlainText.isEncodable(text)) {
            throw RamFaults.malformedPolicy("it must be a text that UTF-8 can carry.");
        }
        ObjectNode policy = object(text);
        demand(policy.path("Version").asText().equals("1"), "its Version must be \"1\".");
        demand(
                policy.path("Statement") instanceof ArrayNode list && !list.isEmpty(),
                "its Statement must be an array with at least one statement.");
        List<Statement> statements = new ArrayList<>();
        policy.path("Statement").forEach(statement -> statements.add(statement(statement)));
        return new TrustPolicy(statements);
    }

    /** For the identity that an AccessKey of the account identifies. */
    public boolean trusts(String account, String principal) {
        Set<String> names = new HashSet<>();
        names.add(RamArn.of(account, Principals.ROOT));
        names.add(RamArn.of(account, principal));
        Principals.roleOfSession(principal).ifPresent(role -> names.add(RamArn.role(account, role)));
        return decides(statement -> statement.identities().stream().anyMatch(names::contains));
    }

    /** @param service for example {@code kms.aliyuncs.com} */
    public boolean trustsService(String service) {
        return decides(statement -> statement.services().contains(service));
    }

    private boolean decides(Predicate<Statement> names) {
        boolean denied = statements.stream().anyMatch(statement -> !statement.allows() && names.test(statement));
        return !denied && statements.stream().anyMatch(statement -> statement.allows() && names.test(statement));
    }

    private static Statement statement(JsonNode statement) {
        demand(statement.isObject(), "each statement must be an object.");
        only(statement, Set.of("Effect", "Principal", "Action"), "Effect, Principal and Action");
        String effect = statement.path("Effect").asText();
        demand(effect.equals("Allow") || effect.equals("Deny"), "the Effect of a statement must be Allow or Deny.");
        demand(
                texts(statement.path("Action")).equals(Set.of(ASSUME)),
                "the Action of a statement must be sts:AssumeRole.");
        JsonNode principal = statement.path("Principal");
        demand(
                principal.isObject() && !principal.isEmpty(),
                "the Principal of a statement must be {\"RAM\":[…]} or {\"Service\":[…]}.");
        only(principal, Set.of("RAM", "Service"), "RAM and Service, in a Principal");
        return new Statement(
                effect.equals("Allow"),
                names(
                        principal.path("RAM"),
                        IDENTITY,
                        "RAM in a Principal must name acs:ram::ACCOUNT:root, acs:ram::ACCOUNT:user/NAME or"
                                + " acs:ram::ACCOUNT:role/NAME."),
                names(
                        principal.path("Service"),
                        SERVICE,
                        "Service in a Principal must name services, for example kms.aliyuncs.com."));
    }

    private static Set<String> names(JsonNode node, Pattern pattern, String rule) {
        if (node.isMissingNode()) {
            return Set.of();
        }
        Set<String> names = texts(node);
        demand(
                !names.isEmpty()
                        && names.stream().allMatch(name -> pattern.matcher(name).matches()),
                rule);
        return names;
    }

    /** One text, or an array of texts; empty for anything else. */
    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else if (node.isArray()) {
            node.forEach(element -> texts.add(element.isTextual() ? element.textValue() : ""));
        }
        return texts;
    }

    private static ObjectNode object(String text) {
        try {
            ObjectNode policy = WireJson.object(PARAMETER, text);
            only(policy, Set.of("Version", "Statement"), "Version and Statement");
            return policy;
        } catch (RpcFault unreadable) {
            if (unreadable.code().equals("InvalidParameter")) {
                throw RamFaults.malformedPolicy("it must be a JSON object that names no field twice.");
            }
            throw unreadable;
        }
    }

    private static void only(JsonNode object, Set<String> fields, String words) {
        object.fieldNames()
                .forEachRemaining(field -> demand(fields.contains(field), "it may have no fields but " + words + "."));
    }

    private static void demand(boolean holds, String rule) {
        if (!holds) {
            throw RamFaults.malformedPolicy(rule);
        }
    }
}
