package io.gyre.worker.engine;

import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Order;
import io.gyre.worker.machine.Rotation;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of {@code rotation}, with the columns that {@link RotationSql#SEEN} names, as the machines see it. */
public final class RotationRow {
    private RotationRow() {}

    static Rotation rotation(Row row) {
        return new Rotation(
                row.getUUID("rotation_id"),
                Trigger.ofLabel(row.getString("trigger")),
                row.getString("secret_sub_type"),
                texts(row, "target"),
                Duration.ofSeconds(row.getLong("overlap_seconds")),
                row.getString("phase"),
                texts(row, "memory"),
                row.getInteger("attempt"),
                row.getString("former"),
                row.getString("idle"),
                row.getString("candidate"),
                Set.of(row.getArrayOfStrings("leftovers")));
    }

    /** What an operator ordered and no worker has taken yet; null for nothing. */
    static @Nullable Ordered order(Row row) {
        String ordered = row.getString("ordered");
        return ordered == null ? null : new Ordered(order(ordered, row), row.getString("ordered_by"));
    }

    private static Order order(String ordered, Row row) {
        return switch (ordered) {
            case "retry" -> new Order.Retry();
            case "roll-back" -> new Order.RollBack();
            case "give-up" -> new Order.GiveUp();
            case "extend" -> new Order.Extend(Duration.ofSeconds(row.getLong("ordered_seconds")));
            default -> throw new IllegalStateException("There is no order \"" + ordered + "\".");
        };
    }

    /** What PostgreSQL's clocks show, now. */
    static ClockReading clock(Row row, Ticks ticks) {
        return new ClockReading(
                instant(row, "operational"), instant(row, "calendar"), row.getDouble("speed"), ticks.nanos());
    }

    static Origin origin(Row row) {
        return new Origin(
                Duration.ofMillis(row.getLong("age_ms")), row.getBoolean("taken_over"), row.getString("trace_parent"));
    }

    /** A flat JSON object. */
    public static Map<String, String> texts(Row row, String column) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, Object> field : row.get(JsonObject.class, column)) {
            texts.put(field.getKey(), String.valueOf(field.getValue()));
        }
        return texts;
    }

    static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
