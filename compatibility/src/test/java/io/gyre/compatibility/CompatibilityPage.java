package io.gyre.compatibility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** docs/compatibility.md: rows of actions and parameters, a column for each SDK. */
final class CompatibilityPage {
    private static final String HEAD = """
            # What the published SDKs get from Gyre

            Made by a test run (`mvn -B verify`, module `compatibility`), not by hand: the SDKs as published call a whole
            platform over HTTPS, each with its own signature, encoding and reader of answers. An action's row says how many
            fields of answers and codes of refusals the SDK read and the test compared; a parameter's row says that the SDK
            sent it and got what it must. A dash: the SDK has no field for it.

            The column of npm is checked where Node.js and npm are installed.

            """;

    private final Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    private final Set<String> absent;

    /** @param absent the actions that the newest SDK has and Gyre does not */
    CompatibilityPage(Set<String> absent) {
        this.absent = new TreeSet<>(absent);
    }

    void add(String title, Map<String, String> cells) {
        columns.put(title, cells);
    }

    String text() {
        StringBuilder page = new StringBuilder(HEAD);
        row(page, "action, parameter", columns.keySet());
        row(page, "---", columns.keySet().stream().map(title -> "---").toList());
        Set<String> rows = columns.values().iterator().next().keySet();
        for (String row : rows) {
            int blank = row.indexOf(' ');
            String name = blank < 0 ? "**" + row + "**" : "`" + row.substring(blank + 1) + "`";
            row(
                    page,
                    name,
                    columns.values().stream().map(cells -> cells.get(row)).toList());
        }
        page.append("\n## Actions that Gyre does not have\n");
        page.append("They answer 404, `InvalidAction.NotFound`: ")
                .append(String.join(", ", absent))
                .append(".\n");
        return page.toString();
    }

    private static void row(StringBuilder page, String name, Iterable<String> cells) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    /** A column of an older page, for an SDK that cannot be run here; empty where the page has none. */
    static Map<String, String> column(List<String> lines, String title) {
        Map<String, String> cells = new LinkedHashMap<>();
        int column = -1;
        String action = "";
        for (String line : lines) {
            if (!line.startsWith("| ")) {
                continue;
            }
            List<String> parts = List.of(line.substring(2, line.length() - 2).split(" \\| "));
            if (column < 0) {
                column = parts.indexOf(title);
            } else if (column >= 0 && !parts.get(0).equals("---")) {
                boolean isAction = parts.get(0).startsWith("**");
                action = isAction ? parts.get(0).replace("*", "") : action;
                cells.put(isAction ? action : action + " " + parts.get(0).replace("`", ""), parts.get(column));
            }
        }
        return cells;
    }
}
