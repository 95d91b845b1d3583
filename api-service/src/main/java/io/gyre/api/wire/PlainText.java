package io.gyre.api.wire;

import io.gyre.rpc.RpcFault;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a text may hold that goes into a column or a log line: PostgreSQL takes no U+0000, and UTF-8 no half pairs. */
public final class PlainText {
    private PlainText() {}

    /** Whether it has from 1 to {@code limit} characters, none of them a control character. */
    public static boolean isName(String text, int limit) {
        return !text.isEmpty()
                && text.length() <= limit
                && text.chars().noneMatch(Character::isISOControl)
                && isEncodable(text);
    }

    /** Whether UTF-8 can carry it. */
    public static boolean isEncodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /**
     * A text for people, which may be empty and may have line breaks.
     *
     * @return empty where it was not given
     * @throws RpcFault InvalidParameter
     */
    public static String description(@Nullable String given, int limit) {
        String text = given == null ? "" : given;
        if (text.length() > limit || text.indexOf('\0') >= 0 || !isEncodable(text)) {
            throw KmsFaults.invalid("Description", "it must have at most " + limit + " characters.");
        }
        return text;
    }
}
