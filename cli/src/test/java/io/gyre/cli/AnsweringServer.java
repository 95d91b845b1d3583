package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server that answers as Gyre's APIs do, and the command line against it. */
final class AnsweringServer implements AutoCloseable {
    private static final String ROOT = "/operations/v1/";

    private final Map<String, List<String>> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Path keyFile;
    private final HttpServer server;

    AnsweringServer(Path folder) throws IOException {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        keyFile = Files.writeString(
                folder.resolve("key"), "AccessKeyId=LTAIoperator\nAccessKeySecret=hidden\n", StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * What is answered one after the other, the last one from then on.
     *
     * @param request {@code GET rotations?limit=20} of the operations API, an action of an API of RPC style, or a path
     * @param bodies each a status and a JSON object, or a JSON object alone, which is answered with 200
     */
    void answers(String request, String... bodies) {
        answers.put(request, new ArrayList<>(List.of(bodies)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String action = exchange.getRequestHeaders().getFirst("x-acs-action");
        String path = exchange.getRequestURI().toString();
        String asked = action != null
                ? action
                : path.startsWith(ROOT) ? exchange.getRequestMethod() + " " + path.substring(ROOT.length()) : path;
        synchronized (requests) {
            requests.add((asked + " " + body).strip());
        }
        if (!path.startsWith("/q/")) {
            assertTrue(exchange.getRequestHeaders()
                    .getFirst("authorization")
                    .startsWith("ACS3-HMAC-SHA256 Credential=LTAIoperator,"));
        }
        String answer = next(asked);
        byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String next(String asked) {
        List<String> bodies = answers.getOrDefault(asked, new ArrayList<>());
        if (bodies.isEmpty()) {
            return "404 {\"detail\":\"There is nothing at " + asked + ".\"}";
        }
        String body = bodies.size() == 1 ? bodies.get(0) : bodies.remove(0);
        return body.startsWith("{") ? "200 " + body : body;
    }

    /** The exit status of this command line, with the server as every endpoint. */
    int gyre(String... arguments) {
        return run(List.of(arguments), List.of("--endpoint=" + endpoint(), "--key-file=" + keyFile));
    }

    /** The same of a command that calls the KMS API. */
    int gyreWithKms(String... arguments) {
        return run(
                List.of(arguments),
                List.of("--endpoint=" + endpoint(), "--kms-endpoint=" + endpoint(), "--key-file=" + keyFile));
    }

    private static int run(List<String> arguments, List<String> more) {
        List<String> line = new ArrayList<>(arguments);
        line.addAll(more);
        return Main.run(line.toArray(String[]::new));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Path keyFile() {
        return keyFile;
    }

    /** In their order: what was asked, and the body behind it. */
    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** What the commands wrote since this was asked last. */
    String output() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    /** What the commands complained of since this was asked last. */
    String errors() {
        String text = complained.toString(StandardCharsets.UTF_8);
        complained.reset();
        return text;
    }

    /** What is asked from now on meets nobody. */
    void endServing() {
        server.stop(0);
    }

    @Override
    public void close() {
        endServing();
        System.setOut(out);
        System.setErr(err);
    }
}
