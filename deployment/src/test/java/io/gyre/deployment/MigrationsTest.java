package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.store.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables change in steps that the version before can live with: see docs/deployment.md, "Upgrades". */
class MigrationsTest {
    private static final Path FOLDER = Project.ROOT.resolve("common/src/main/resources/db/migration");
    private static final Pattern VERSIONED = Pattern.compile("V(\\d+)__\\w+\\.sql");

    /**
     * Migrations with a statement that the rule is against, and why it breaks nobody. One that takes something away says since which
     * version nothing reads it.
     */
    private static final Map<String, String> ALLOWED = Map.of(
            "V7__operations.sql",
                    "Before the first release. The checks are of columns that it adds, and hold where they are empty.",
            "V9__keys.sql",
                    "Before the first release. The checks are of columns that it adds, and hold for their defaults.",
            "V16__instance_life.sql", "Before the first release. The check lets rows be as they were made until then.",
            "V23__schedules.sql",
                    "Before the first release. The checks are of columns that it adds, and hold where they are empty.",
            "V25__events.sql",
                    "Before the first release. The index is of a column that it adds, which a sequence fills.",
            "V27__drift.sql", "The check is replaced by one that allows more.",
            "V32__rotation_plan.sql", "Before the first release. No version that was released reads the columns.");

    @Test
    void theVersionBeforeCanLiveWithEachMigration() throws IOException {
        Map<String, List<String>> breaches = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("V"))
                    .toList()) {
                List<String> found = Migration.of(Files.readString(file)).breaches();
                if (!found.isEmpty()) {
                    breaches.put(file.getFileName().toString(), found);
                }
            }
        }
        Set<String> allowed = ALLOWED.keySet();
        assertEquals(
                allowed,
                breaches.keySet(),
                () -> "Expand first, contract in a later version; what is harmless is named here with its reason: "
                        + breaches);
    }

    /** It is written down twice, for what PostgreSQL runs and for the workers, neither of which sees the files. */
    @Test
    void everyPlaceThatNamesTheLastMigrationNamesTheLastOne() throws IOException {
        int last;
        try (Stream<Path> files = Files.list(FOLDER)) {
            last = files.map(file -> VERSIONED.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElseThrow();
        }
        assertEquals(last, Tables.NEWEST_MIGRATION, "io.gyre.store.Tables");
        assertEquals(last, inGrants("newest"), "afterMigrate__grants.sql");
        assertTrue(inGrants("version_before") <= last, "the version before this one ended later than this one");
    }

    private static int inGrants(String constant) throws IOException {
        Matcher declared = Pattern.compile(constant + " CONSTANT integer := (\\d+);")
                .matcher(Files.readString(FOLDER.resolve("afterMigrate__grants.sql")));
        assertTrue(declared.find(), constant);
        return Integer.parseInt(declared.group(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE secret;",
                "ALTER TABLE secret DROP COLUMN policy;",
                "ALTER TABLE secret\n    ADD COLUMN a text, -- harmless\n    DROP COLUMN policy;",
                "ALTER TABLE secret RENAME COLUMN policy TO rules;",
                "ALTER TABLE secret RENAME TO secrets;",
                "ALTER TABLE secret ALTER COLUMN name TYPE varchar(64);",
                "ALTER TABLE secret ALTER COLUMN policy SET NOT NULL;",
                "ALTER TABLE secret ADD COLUMN a text NOT NULL;",
                "ALTER TABLE secret ADD COLUMN a text NOT NULL, ADD COLUMN b text NOT NULL DEFAULT '';",
                "ALTER TABLE secret ADD COLUMN b text NOT NULL DEFAULT '', ADD COLUMN a text NOT NULL;",
                "ALTER TABLE secret ADD CONSTRAINT short CHECK (length(name) < 10);",
                "CREATE UNIQUE INDEX secret_policy ON secret (policy);",
                "DROP FUNCTION told_time(timestamptz);",
                "TRUNCATE outbox;"
            })
    void whatTheVersionBeforeCannotLiveWithIsFound(String sql) {
        assertEquals(1, Migration.of(sql).breaches().size(), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE room (a text NOT NULL); ALTER TABLE room ADD CONSTRAINT one UNIQUE (a);",
                "ALTER TABLE secret ADD COLUMN a text;",
                "ALTER TABLE secret ADD COLUMN a text DEFAULT 'DROP TABLE' NOT NULL;",
                "ALTER TABLE secret ADD COLUMN a bigint NOT NULL DEFAULT nextval('told'), ADD COLUMN b text;",
                "ALTER TABLE secret ALTER COLUMN a DROP NOT NULL;",
                "DROP INDEX secret_due;",
                "CREATE INDEX secret_a ON secret (a); -- RENAME it later",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN TRUNCATE x; DROP TABLE x; END $f$;"
            })
    void whatItCanLiveWithIsNot(String sql) {
        assertEquals(List.of(), Migration.of(sql).breaches(), sql);
    }
}
