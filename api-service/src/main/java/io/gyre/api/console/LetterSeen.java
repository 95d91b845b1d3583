package io.gyre.api.console;

import io.gyre.api.operations.DeadLetter;
import java.time.Instant;
import java.util.Objects;

/**
 * A dead letter as its pages show it, whatever bytes it is made of.
 *
 * @param now by the wall clock, as records have it
 */
record LetterSeen(DeadLetter letter, Instant now) {
    /** In bytes; ten times as many as one has. */
    private static final int LONGEST_REQUEST = 2048;

    static String from(DeadLetter letter) {
        return Objects.requireNonNullElse(letter.topic(), "an unknown topic");
    }

    static String reason(DeadLetter letter) {
        return Objects.requireNonNullElse(letter.reason(), "none was told");
    }

    static String value(DeadLetter letter) {
        return letter.text() == null ? "Base64 " + letter.base64() : letter.text();
    }

    public String title() {
        return "Dead letter " + letter.id();
    }

    public RelativeTime at() {
        return new RelativeTime(letter.at(), now);
    }

    public String from() {
        return from(letter) + (letter.offset() == null ? "" : " at offset " + letter.offset());
    }

    public String reason() {
        return reason(letter);
    }

    public String key() {
        return Objects.requireNonNullElse(letter.key(), "none");
    }

    public String size() {
        return letter.size() + " bytes" + (letter.cut() ? ", of which the first are shown" : "");
    }

    public String value() {
        return value(letter);
    }

    /** What a replay sends unless somebody mends it; empty for what can be no request, being no text or too long. */
    public String text() {
        return letter.text() == null || letter.size() > LONGEST_REQUEST ? "" : letter.text();
    }

    public String address() {
        return DeadLetterPage.address(letter.id());
    }

    public String replay() {
        return address() + "/" + ReplayPage.LAST;
    }
}
