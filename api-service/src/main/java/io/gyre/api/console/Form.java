package io.gyre.api.console;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a browser sent of a form. It may hold a password or a token, so it does not print it. */
final class Form {
    /** The field of the session's token, in each form of those who are logged in. */
    static final String TOKEN = "form";

    /** The largest form, of a secret with all the tags that it can have, has 60. */
    private static final int MOST_FIELDS = 100;

    private final Map<String, String> fields;
    private final Optional<byte[]> file;

    Form(Map<String, String> fields, Optional<byte[]> file) {
        this.fields = Map.copyOf(fields);
        this.file = file;
    }

    /**
     * Of a body in the form {@code application/x-www-form-urlencoded}.
     *
     * @throws io.gyre.rpc.RpcFault where it is none, or a field stands there twice
     */
    static Form of(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            Map<String, List<String>> found =
                    new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_FIELDS).parameters();
            Map<String, String> fields = new HashMap<>();
            found.forEach((name, values) -> {
                if (values.size() != 1) {
                    throw ConsoleFaults.unreadableForm();
                }
                fields.put(name, values.get(0));
            });
            return new Form(fields, Optional.empty());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw ConsoleFaults.unreadableForm();
        }
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Empty where the field was left out. */
    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** What came along with it; empty where nothing did. */
    Optional<byte[]> file() {
        return file;
    }

    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
