package io.gyre.api.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * What comes back over a plain socket for bytes as they are given.
 *
 * @param status 0 where the connection was closed without an answer
 * @param head the status line and the header fields
 */
public record RawExchange(int status, String head, String body) {
    /** Longer than any answer takes; beyond it the server hangs. */
    private static final int PATIENCE_MILLIS = 60_000;

    /**
     * @param whole whether it is a request with an end, which says {@code Connection: close}; of any other the server is
     *     told that nothing more comes, and may then close without an answer
     * @throws IOException where the server hangs or cannot be reached
     */
    public static RawExchange send(String address, byte[] request, boolean whole) throws IOException {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return of(answer(socket, request, whole));
        }
    }

    private static String answer(Socket socket, byte[] request, boolean whole) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            if (!whole) {
                socket.shutdownOutput();
            }
            InputStream in = socket.getInputStream();
            byte[] part = new byte[8192];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                answer.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException closed) {
            // The server refused, and closed before all was sent; what it said is read.
        }
        return new String(answer.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static RawExchange of(String answer) {
        int split = answer.indexOf("\r\n\r\n");
        if (split < 0) {
            return new RawExchange(0, answer, "");
        }
        return new RawExchange(
                Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(0, split), answer.substring(split + 4));
    }
}
