package io.gyre.compatibility;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An SDK as published, and called as its users call it. */
interface PublishedSdk extends AutoCloseable {
    /** Registry, name and version. */
    String title();

    /** The parameters that its request has fields for, by their names on the wire; none where it has no such action. */
    Optional<Set<String>> parameters(String action);

    /**
     * Calls an action.
     *
     * @param parameters by their names on the wire: texts, whole numbers, booleans, and for JSON and for lists maps and
     *     lists, which an SDK that has no type for them gets as JSON
     * @throws Exception where the SDK fails otherwise than by a refusal that it read
     */
    Outcome call(String action, Map<String, Object> parameters) throws Exception;

    /** Nothing to close unless it says otherwise. */
    @Override
    default void close() throws IOException {}

    /** Whether its request has fields for all of these. */
    default boolean takes(String action, Set<String> parameters) {
        return parameters(action).map(known -> known.containsAll(parameters)).orElse(false);
    }
}
