package io.gyre.api.tags;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The tag that a page of ListTagResources ended with; the next page begins after it. Callers hand it back as NextToken.
 *
 * @param resourceId empty before the first page, and so is the key
 */
public record PageMark(String resourceId, String tagKey) {
    /** Neither names nor keys of tags hold it. */
    private static final char SEPARATOR = '\n';

    /** @throws RpcFault InvalidParameter for a token that no answer can have given */
    static PageMark given(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return new PageMark("", "");
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int end = text.indexOf(SEPARATOR);
            if (end > 0 && text.indexOf('\0') < 0) {
                return new PageMark(text.substring(0, end), text.substring(end + 1));
            }
        } catch (IllegalArgumentException e) {
            // Said below: the same for what is no Base64 and for Base64 of something else.
        }
        throw KmsFaults.invalid("NextToken", "pass what the page before was answered with, or leave it out.");
    }

    String token() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((resourceId + SEPARATOR + tagKey).getBytes(StandardCharsets.UTF_8));
    }
}
