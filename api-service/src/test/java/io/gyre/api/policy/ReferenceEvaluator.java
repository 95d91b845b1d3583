package io.gyre.api.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, read off the grammar sentence by sentence on the JSON itself: slow, and sharing nothing with what it is
 * compared to.
 */
final class ReferenceEvaluator {
    private ReferenceEvaluator() {}

    static Verdict ofIdentity(List<JsonNode> policies, Question question) {
        boolean allowed = false;
        for (JsonNode policy : policies) {
            for (JsonNode statement : policy.get("Statement")) {
                if (applies(statement, question)) {
                    if (statement.get("Effect").asText().equals("Deny")) {
                        return Verdict.DENIED;
                    }
                    allowed = true;
                }
            }
        }
        return allowed ? Verdict.ALLOWED : Verdict.NOT_ALLOWED;
    }

    private static boolean applies(JsonNode statement, Question question) {
        String action = question.action().toLowerCase(Locale.ROOT);
        boolean actionFits = statement.has("Action")
                ? list(statement.get("Action")).stream().anyMatch(a -> fits(a.toLowerCase(Locale.ROOT), action))
                : list(statement.get("NotAction")).stream().noneMatch(a -> fits(a.toLowerCase(Locale.ROOT), action));
        boolean resourceFits = statement.has("Resource")
                ? list(statement.get("Resource")).stream().anyMatch(r -> fits(r, question.resource()))
                : list(statement.get("NotResource")).stream().noneMatch(r -> fits(r, question.resource()));
        return actionFits && resourceFits && conditionsHold(statement.path("Condition"), question.facts());
    }

    private static boolean conditionsHold(JsonNode condition, Facts facts) {
        for (var operator : condition.properties()) {
            for (var key : operator.getValue().properties()) {
                if (!holds(operator.getKey(), value(key.getKey(), facts), list(key.getValue()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static @Nullable String value(String key, Facts facts) {
        return switch (key) {
            case "acs:SourceIp" -> facts.sourceIp();
            case "acs:SecureTransport" -> facts.secure() ? "true" : "false";
            case "acs:CurrentTime" -> facts.time().toString();
            case "acs:MFAPresent" -> "false";
            default -> facts.tags().get(key.substring("kms:tag/".length()));
        };
    }

    private static boolean holds(String operator, @Nullable String given, List<String> wanted) {
        if (operator.startsWith("Not")) {
            return !holds(operator.substring("Not".length()), given, wanted);
        }
        if (operator.contains("Not")) {
            return !holds(operator.replace("Not", ""), given, wanted);
        }
        return given != null && wanted.stream().anyMatch(value -> holdsFor(operator, given, value));
    }

    private static boolean holdsFor(String operator, String given, String wanted) {
        if (operator.startsWith("Numeric")) {
            return given.matches("-?[0-9]+(\\.[0-9]+)?")
                    && ordered(operator, new BigDecimal(given).compareTo(new BigDecimal(wanted)));
        }
        if (operator.startsWith("Date")) {
            return given.contains("T")
                    && ordered(
                            operator,
                            OffsetDateTime.parse(given)
                                    .toInstant()
                                    .compareTo(OffsetDateTime.parse(wanted).toInstant()));
        }
        return switch (operator) {
            case "StringEquals" -> given.equals(wanted);
            case "StringEqualsIgnoreCase", "Bool" -> given.equalsIgnoreCase(wanted);
            case "StringLike" -> fits(wanted, given);
            case "IpAddress" -> inRange(given, wanted);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static boolean ordered(String operator, int order) {
        if (operator.endsWith("LessThan")) {
            return order < 0;
        }
        if (operator.endsWith("LessThanEquals")) {
            return order <= 0;
        }
        if (operator.endsWith("GreaterThan")) {
            return order > 0;
        }
        return operator.endsWith("GreaterThanEquals") ? order >= 0 : order == 0;
    }

    /** IPv4 alone, as numbers. */
    private static boolean inRange(String address, String range) {
        String[] parts = range.split("/", -1);
        long size = parts.length == 1 ? 1 : 1L << (32 - Integer.parseInt(parts[1]));
        return number(address) / size == number(parts[0]) / size;
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.", -1)) {
            number = number * 256 + Long.parseLong(part);
        }
        return number;
    }

    private static boolean fits(String pattern, String text) {
        return WildcardTest.fitsByDefinition(pattern, text);
    }

    private static List<String> list(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(node.asText());
        }
        return texts;
    }
}
