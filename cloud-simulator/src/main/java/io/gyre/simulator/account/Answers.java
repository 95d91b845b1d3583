package io.gyre.simulator.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** The pieces of which answers are made. */
public final class Answers {
    private Answers() {}

    /** For {@code RequestId} alone, which the gateway adds. */
    public static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A list in the RPC style: {@code {"Users":{"User":[…]}}}. */
    public static <T> void list(
            ObjectNode answer, String plural, String singular, List<T> items, Function<T, ObjectNode> shape) {
        ArrayNode array = answer.putObject(plural).putArray(singular);
        items.forEach(item -> array.add(shape.apply(item)));
    }
}
