package io.gyre.simulator.rds;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first message of a PostgreSQL connection (protocol 3, "StartupMessage"): version, then names and values.
 *
 * @param version as sent, for the server to judge
 */
record StartupMessage(int version, Map<String, String> parameters) {
    /** The same code space: a client asks for encryption, or to cancel a query, instead of starting. */
    static final int SSL_REQUEST = 80_877_103;

    static final int GSS_REQUEST = 80_877_104;
    static final int CANCEL_REQUEST = 80_877_102;

    /** PostgreSQL's own limit on this message, in bytes. */
    static final int LONGEST = 10_000;

    /** Length and code. */
    static final int HEAD = 8;

    /**
     * @param message with its length in front
     * @throws IllegalArgumentException where it is none
     */
    static StartupMessage parse(Buffer message) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int position = HEAD;
        while (position < message.length() && message.getByte(position) != 0) {
            int name = end(message, position);
            int value = end(message, name + 1);
            parameters.put(text(message, position, name), text(message, name + 1, value));
            position = value + 1;
        }
        if (position != message.length() - 1) {
            throw new IllegalArgumentException("the startup message does not end where it says");
        }
        return new StartupMessage(message.getInt(4), parameters);
    }

    private static int end(Buffer message, int from) {
        for (int i = from; i < message.length(); i++) {
            if (message.getByte(i) == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a text of the startup message does not end");
    }

    private static String text(Buffer message, int from, int to) {
        return message.getString(from, to, StandardCharsets.UTF_8.name());
    }

    /** The same for another user and database. */
    Buffer rewritten(String user, String database) {
        Map<String, String> sent = new LinkedHashMap<>(parameters);
        sent.put("user", user);
        sent.put("database", database);
        Buffer body = Buffer.buffer().appendInt(version);
        sent.forEach((name, value) ->
                body.appendString(name).appendByte((byte) 0).appendString(value).appendByte((byte) 0));
        body.appendByte((byte) 0);
        return Buffer.buffer().appendInt(body.length() + 4).appendBuffer(body);
    }
}
