package io.gyre.start;

import io.gyre.envelope.EnvelopeException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator reads of a start that failed: the sentence of whatever refused, or the nearest that can be said. */
public final class StartFailure {
    /** What SmallRye puts before its sentences. */
    private static final Pattern CODES = Pattern.compile("java\\.lang\\.\\w+: |SRCFG\\d+: ");

    /** Of afterMigrate__grants.sql, for a version too old for its tables. */
    private static final String TOO_OLD = "GY001";

    private StartFailure() {}

    /**
     * The sentence.
     *
     * @param process its name
     * @param ports the settings that name its ports
     */
    public static String sentence(String process, String ports, Throwable failure) {
        for (Throwable cause : chain(failure)) {
            String sentence = known(cause, ports);
            if (sentence != null) {
                return process + " did not start: " + sentence;
            }
        }
        Throwable last = failure;
        for (Throwable cause : chain(failure)) {
            last = cause;
        }
        return process + " did not start: " + last.getClass().getSimpleName() + ": " + last.getMessage();
    }

    private static @Nullable String known(Throwable cause, String ports) {
        if (cause instanceof StartRefusal || cause instanceof EnvelopeException) {
            return cause.getMessage();
        }
        if (cause instanceof ConfigValidationException invalid) {
            return "its configuration is not valid: " + problems(invalid);
        }
        if (cause instanceof SQLException database) {
            if (TOO_OLD.equals(database.getSQLState())) {
                return sentenceOf(database);
            }
            return "PostgreSQL refused or did not answer (" + database.getMessage()
                    + "): check GYRE_DB_HOST, GYRE_DB_PORT, GYRE_DB_NAME, GYRE_DB_USER and gyre.db.password.";
        }
        if (cause instanceof BindException) {
            return "its port is taken (" + cause.getMessage() + "): stop what listens there, or set " + ports + ".";
        }
        return null;
    }

    /** PostgreSQL's driver puts the severity before it, in the server's language, and lines on where it was said behind it. */
    private static @Nullable String sentenceOf(SQLException refusal) {
        return Objects.requireNonNullElse(refusal.getMessage(), "")
                .lines()
                .findFirst()
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .orElse(null);
    }

    private static String problems(ConfigValidationException invalid) {
        StringBuilder problems = new StringBuilder();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            problems.append(i == 0 ? "" : "; ")
                    .append(CODES.matcher(invalid.getProblem(i).getMessage())
                            .replaceAll("")
                            .replace(" threw an Exception whilst being converted ", " cannot be read: "));
        }
        return problems.toString();
    }

    private static Set<Throwable> chain(Throwable failure) {
        Set<Throwable> chain = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null && chain.add(cause); cause = cause.getCause()) {
            // Only collected, each once: a chain of causes may hold a cycle.
        }
        return chain;
    }
}
