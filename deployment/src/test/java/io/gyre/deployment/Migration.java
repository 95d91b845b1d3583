package io.gyre.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A migration's statements, and which of them the version before could not live with: while processes are replaced one after the other,
 * and after a roll-back, it works on the tables that the newer one has left. Comments, texts and the bodies of functions are left out.
 */
record Migration(List<String> statements) {
    private static final Pattern NOISE =
            Pattern.compile("--[^\n]*|\\$([a-z_]*)\\$.*?\\$\\1\\$|'[^']*'", Pattern.DOTALL);
    private static final Pattern NEW_TABLE = Pattern.compile("^CREATE TABLE (\\w+)");
    private static final Pattern CHANGED_TABLE = Pattern.compile("^ALTER TABLE (\\w+)");
    private static final Pattern UNIQUE_INDEX = Pattern.compile("^CREATE UNIQUE INDEX \\w+ ON (\\w+)");

    /** What takes away, or calls by another name, what is read or written. */
    private static final List<Pattern> NEVER = List.of(
            Pattern.compile("\\bDROP (TABLE|COLUMN|VIEW|FUNCTION|TYPE|SCHEMA|SEQUENCE|DOMAIN)\\b"),
            Pattern.compile("\\bRENAME\\b"),
            Pattern.compile("\\bALTER COLUMN \\w+ (SET DATA )?TYPE\\b"),
            Pattern.compile("^TRUNCATE\\b"));

    /** What refuses rows that were written before, of a table that was there before. */
    private static final List<Pattern> NOT_OF_OLD_TABLES = List.of(
            Pattern.compile("\\bSET NOT NULL\\b"),
            Pattern.compile("\\bADD (CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)\\b"),
            Pattern.compile("\\bADD COLUMN (?:(?!ADD COLUMN|DEFAULT).)*NOT NULL(?!(?:(?!ADD COLUMN).)*DEFAULT)"));

    static Migration of(String sql) {
        List<String> statements = new ArrayList<>();
        for (String statement : NOISE.matcher(sql).replaceAll(" ").split(";", -1)) {
            String line = statement.strip().replaceAll("\\s+", " ");
            if (!line.isEmpty()) {
                statements.add(line);
            }
        }
        return new Migration(statements);
    }

    /** The statements that break a version of Gyre which knows nothing of them. */
    List<String> breaches() {
        Set<String> made = new HashSet<>();
        statements.forEach(statement -> table(NEW_TABLE, statement).forEach(made::add));
        return statements.stream()
                .filter(statement -> isAmong(NEVER, statement) || refusesOldRows(statement, made))
                .toList();
    }

    private static boolean refusesOldRows(String statement, Set<String> made) {
        List<String> changed = table(CHANGED_TABLE, statement);
        List<String> indexed = table(UNIQUE_INDEX, statement);
        return (!changed.isEmpty() && !made.containsAll(changed) && isAmong(NOT_OF_OLD_TABLES, statement))
                || !made.containsAll(indexed);
    }

    private static boolean isAmong(List<Pattern> patterns, String statement) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(statement).find());
    }

    private static List<String> table(Pattern pattern, String statement) {
        Matcher matcher = pattern.matcher(statement);
        return matcher.find() ? List.of(matcher.group(1)) : List.of();
    }
}
