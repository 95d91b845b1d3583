package io.gyre.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that answers as the operations API does, and an operator's commands to it, with what they write. */
final class PlayedApi implements BeforeEachCallback, AfterEachCallback {
    private static final String SIGNED = "ACS3-HMAC-SHA256 Credential=LTAIoperator,";

    private final Map<String, List<String>> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private Path key;
    private HttpServer server;

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        key = Files.createTempFile("operator", ".key");
        Files.writeString(key, "AccessKeyId=LTAIoperator\nAccessKeySecret=hidden\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        stop();
        Files.delete(key);
        System.setOut(out);
        System.setErr(err);
    }

    /** From now on nothing answers. */
    void stop() {
        server.stop(0);
    }

    /**
     * What is answered.
     *
     * @param asked method, path and query
     * @param inTurn bodies, the last of them from then on; {@code 409 } and the like before it is its status, if not 200
     */
    void answer(String asked, String... inTurn) {
        answers.put(asked, new ArrayList<>(List.of(inTurn)));
    }

    void answerNothing() {
        answers.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(asked + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String answer = isSigned(exchange)
                ? next(asked)
                : "401 {\"detail\":\"The request is not signed with the key of the file.\"}";
        boolean hasStatus = Character.isDigit(answer.charAt(0));
        byte[] body = (hasStatus ? answer.substring(4) : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(hasStatus ? Integer.parseInt(answer.substring(0, 3)) : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static boolean isSigned(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("authorization");
        return authorization != null && authorization.startsWith(SIGNED);
    }

    private String next(String asked) {
        List<String> inTurn = answers.get(asked);
        if (inTurn == null) {
            return "404 {\"detail\":\"There is nothing at " + asked + ".\"}";
        }
        return inTurn.size() > 1 ? inTurn.remove(0) : inTurn.get(0);
    }

    /** The status with which the command ends. */
    int gyre(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--endpoint=" + endpoint());
        line.add("--key-file=" + key);
        return Main.run(line.toArray(String[]::new));
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Each with its method, path, query and body, in their order. */
    List<String> requests() {
        return requests;
    }

    String lastRequest() {
        return requests.get(requests.size() - 1);
    }

    String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    void forgetOutput() {
        written.reset();
    }

    String errors() {
        return complained.toString(StandardCharsets.UTF_8);
    }
}
