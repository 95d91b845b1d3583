package io.gyre.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request over a plain socket, byte by byte as given, and whatever comes back. */
record RawHttp(int status, String head, String body) {
    private static final int TIMEOUT_MILLIS = 20_000;

    static RawHttp exchange(int port, String request) throws IOException {
        return exchange(port, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static RawHttp exchange(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        }
    }

    /** Everything that comes back, up to the end of the connection. */
    static String untilClosed(int port, String requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(all);
            } catch (SocketException reset) {
                return all.toString(StandardCharsets.UTF_8);
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }

    private static RawHttp read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!complete(all.toString(StandardCharsets.UTF_8), all.size())) {
            int next;
            try {
                next = in.read();
            } catch (SocketException reset) {
                break;
            }
            if (next < 0) {
                break;
            }
            all.write(next);
        }
        String text = all.toString(StandardCharsets.UTF_8);
        int split = text.indexOf("\r\n\r\n");
        if (split < 0) {
            return new RawHttp(0, text, "");
        }
        return new RawHttp(
                Integer.parseInt(text.substring(9, 12)), text.substring(0, split), text.substring(split + 4));
    }

    private static boolean complete(String text, int bytes) {
        int split = text.indexOf("\r\n\r\n");
        if (split < 0) {
            return false;
        }
        String head = text.substring(0, split).toLowerCase(Locale.ROOT);
        int at = head.indexOf("content-length: ");
        if (at < 0) {
            return false;
        }
        int end = head.indexOf("\r\n", at);
        int length = Integer.parseInt(head.substring(at + 16, end < 0 ? head.length() : end));
        return bytes >= split + 4 + length;
    }

    JsonNode json() throws IOException {
        return Json.MAPPER.readTree(body);
    }
}
