package io.gyre.compatibility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of a story, and what must come of it. Texts may hold {@code ${name}}, which stands for what an earlier call gave. */
final class Step {
    private final String action;
    private final Map<String, Object> parameters;
    private final Map<String, Object> expected = new TreeMap<>();
    private final Map<String, String> remembered = new TreeMap<>();
    private @Nullable String refusal;

    Step(String action, Map<String, Object> parameters) {
        this.action = action;
        this.parameters = parameters;
    }

    /** A {@link Pattern} must match the whole, a list be equal element by element, anything else be the same text. */
    Step answers(String field, Object value) {
        expected.put(field, value);
        return this;
    }

    Step isRefused(String code) {
        refusal = code;
        return this;
    }

    /** What this call answers in a field is known to later ones by this name. */
    Step remembering(String field, String name) {
        remembered.put(name, field);
        return this;
    }

    String action() {
        return action;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    Map<String, Object> parameters(Map<String, String> known) {
        Map<String, Object> filled = new LinkedHashMap<>();
        parameters.forEach((name, value) -> filled.put(name, filled(value, known)));
        return filled;
    }

    /**
     * Finds out what went otherwise.
     *
     * @param known gets what is to be remembered
     * @return how many things were compared, or what is wrong
     */
    Check check(Outcome outcome, Map<String, String> known) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.code().equals(refusal)
                    ? Check.right(1)
                    : Check.wrong("was refused with " + refused.code() + (refusal == null ? "" : ", not " + refusal));
        }
        Map<String, Object> fields = ((Outcome.Answered) outcome).fields();
        if (refusal != null) {
            return Check.wrong("was answered with " + fields.keySet() + ", not refused with " + refusal);
        }
        remembered.forEach((name, field) -> known.put(name, String.valueOf(field(fields, field))));
        int compared = 0;
        for (var expectation : expected.entrySet()) {
            Object value = field(fields, expectation.getKey());
            Object wanted = filled(expectation.getValue(), known);
            if (value != null) {
                if (!fits(value, wanted)) {
                    return Check.wrong(expectation.getKey() + " is " + value + ", not " + wanted);
                }
                compared++;
            }
        }
        if (compared == 0 && !(fields.get("RequestId") instanceof String id && !id.isEmpty())) {
            return Check.wrong("has none of the fields " + expected.keySet() + " and no RequestId: " + fields.keySet());
        }
        return Check.right(compared);
    }

    /** {@code KeyMetadata.KeyState} is a field inside a field. */
    private static @Nullable Object field(Map<?, ?> fields, String path) {
        int dot = path.indexOf('.');
        Object value = fields.get(dot < 0 ? path : path.substring(0, dot));
        return dot < 0 || !(value instanceof Map<?, ?> inner) ? value : field(inner, path.substring(dot + 1));
    }

    private static boolean fits(Object value, Object wanted) {
        if (wanted instanceof Pattern pattern) {
            return pattern.matcher(text(value)).matches();
        }
        return text(value).equals(text(wanted));
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Step::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((name, field) -> sorted.put((String) name, text(field)));
            return sorted.toString();
        }
        return value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : String.valueOf(value);
    }

    private static Object filled(Object value, Map<String, String> known) {
        if (value instanceof String text) {
            String filled = text;
            for (var entry : known.entrySet()) {
                filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
            }
            return filled;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> filled(element, known)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            map.forEach((name, field) -> filled.put(name, filled(field, known)));
            return filled;
        }
        return value;
    }

    /**
     * @param compared fields, or the one code of a refusal
     * @param wrong null where all is as it must be
     */
    record Check(int compared, @Nullable String wrong) {
        static Check right(int compared) {
            return new Check(compared, null);
        }

        static Check wrong(String what) {
            return new Check(0, what);
        }
    }
}
