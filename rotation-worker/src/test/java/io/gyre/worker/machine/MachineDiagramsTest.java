package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The drawings in docs/machines.md are made of the tables themselves. With {@code -Dgyre.draw=true} they are written anew;
 * otherwise one that no longer fits fails the build.
 */
class MachineDiagramsTest {
    private static final String BEGINNING = """
            # The machines, drawn

            Made of the tables in `io.gyre.worker.machine` by `MachineDiagramsTest`; do not edit. Grey boxes change the target. What no
            arrow shows follows the rules that hold for every machine: [rotation.md](rotation.md#trouble).
            """;

    @Test
    void theDrawingsShowTheTables() throws IOException {
        StringBuilder drawn = new StringBuilder(BEGINNING);
        Map<String, Machine> machines = new TreeMap<>(Map.of(
                "RAM AccessKey", new RamRotation(), "RDS account", new RdsRotation(), "ECS login", new EcsRotation()));
        machines.forEach((title, machine) -> draw(title, machine.table(), drawn));
        Path file = docs().resolve("machines.md");
        if (Boolean.getBoolean("gyre.draw")) {
            Files.writeString(file, drawn);
        }
        assertEquals(drawn.toString(), Files.readString(file), "draw them anew with -Dgyre.draw=true");
    }

    private static Path docs() {
        Path here = Path.of("").toAbsolutePath();
        return (Files.exists(here.resolve("docs")) ? here : here.resolveSibling("")).resolve("docs");
    }

    private static <P extends Enum<P> & Phase> void draw(String title, Table<P> table, StringBuilder drawn) {
        drawn.append("\n## ").append(title).append("\n```mermaid\nstateDiagram-v2\n");
        Set<P> changing = EnumSet.noneOf(table.phases());
        for (P phase : table.phases().getEnumConstants()) {
            if (table.changesTheTarget(phase.name())) {
                changing.add(phase);
            }
        }
        drawn.append("    classDef changes fill:#ddd,stroke:#000,color:#000\n");
        changing.forEach(phase -> drawn.append("    class ").append(phase).append(" changes\n"));
        for (Row<P> row : table.rows()) {
            drawn.append("    ")
                    .append(row.from())
                    .append(" --> ")
                    .append(row.to())
                    .append(": ")
                    .append(label(row))
                    .append('\n');
        }
        table.retriedFrom().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> drawn.append("    ")
                        .append(entry.getKey())
                        .append(" --> ")
                        .append(entry.getValue())
                        .append(": failed, tried again\n"));
        drawn.append("```\n");
    }

    private static String label(Row<?> row) {
        StringBuilder label =
                new StringBuilder(row.on().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!row.guardName().isEmpty()) {
            label.append(" [").append(row.guardName()).append(']');
        }
        row.moves().stream().sorted().forEach(move -> label.append(" / ")
                .append(move.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return label.toString();
    }
}
