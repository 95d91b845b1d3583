package io.gyre.compatibility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an SDK made of the service's answer. */
sealed interface Outcome {
    /** @param fields by the names that they have on the wire, lists without their wrappers */
    record Answered(Map<String, Object> fields) implements Outcome {}

    /** @param code as the SDK hands it on */
    record Refused(String code) implements Outcome {}

    /** The Tea clients of the generation before append a word to every code. */
    static Outcome refusedInTheOldWay(String code) {
        return new Refused(code.replaceAll("Error$", ""));
    }

    static Outcome answered(Map<?, ?> body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        body.forEach((name, value) -> fields.put((String) name, unwrapped(value)));
        return new Answered(fields);
    }

    /** {@code {"VersionStages":{"VersionStage":[…]}}} becomes {@code {"VersionStages":[…]}}, at every depth. */
    private static Object unwrapped(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Outcome::unwrapped).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1 && map.values().iterator().next() instanceof List<?> list) {
            return unwrapped(list);
        }
        Map<Object, Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(name, unwrapped(field)));
        return fields;
    }
}
