package io.gyre.api.console;

import io.gyre.api.operations.SecretPage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What came of a question for secrets.
 *
 * @param lines by name
 * @param elsewhere how many the other view has
 * @param nextToken of the next page; empty on the last one
 * @param refusal why it cannot be asked for so; empty where it can
 */
record SecretList(SecretsQuery query, List<SecretLine> lines, long elsewhere, String nextToken, String refusal) {
    /** @param now on the calendar */
    static SecretList found(SecretsQuery query, SecretPage page, Instant now) {
        return new SecretList(
                query,
                page.secrets().stream().map(row -> new SecretLine(row, now)).toList(),
                page.elsewhere().count(),
                Objects.requireNonNullElse(page.nextToken(), ""),
                "");
    }

    static SecretList refused(SecretsQuery query, String sentence) {
        return new SecretList(query, List.of(), 0, "", sentence);
    }

    public String nextPage() {
        return query.from(nextToken).address();
    }
}
