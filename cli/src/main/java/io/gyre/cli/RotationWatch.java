package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.operations.RotationLines;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Redraw;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Follows one rotation as it changes. */
final class RotationWatch {
    private RotationWatch() {}

    /** Until it has ended; a person who watches it while it waits for one sees it go on. */
    static int untilItsEnd(OperationsOptions operations, String id) {
        return follow(operations, id, RotationWatch::ended);
    }

    /** Until it has ended, or goes on no more without a person. */
    static int untilNothingComes(OperationsOptions operations, String id) {
        return follow(
                operations, id, rotation -> ended(rotation) || state(rotation).equals("Waiting"));
    }

    private static int follow(OperationsOptions operations, String id, Predicate<JsonNode> isLast) {
        OperationsApi api = operations.api();
        JsonNode last = new Redraw(Console.standard())
                .until(
                        () -> api.get("rotations/" + id, new TreeMap<>()),
                        rotation -> operations.shown(rotation, RotationLines::detail),
                        isLast);
        return state(last).equals("Succeeded") ? ExitStatus.DONE : ExitStatus.NOT_ROTATED;
    }

    private static boolean ended(JsonNode rotation) {
        return rotation.has("endedAt");
    }

    private static String state(JsonNode rotation) {
        return rotation.path("state").asText();
    }
}
