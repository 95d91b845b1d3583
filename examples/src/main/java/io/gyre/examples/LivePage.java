package io.gyre.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The plot as a page: the last two minutes of each lane, drawn anew every second by server-sent events. Served on the loopback address
 * alone, and only to browsers that name it by that address; nothing can be changed by it, and it shows no credential.
 */
final class LivePage implements AutoCloseable {
    /** Browsers that watch at one time; each holds a thread. */
    private static final int MOST_WATCHERS = 16;

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What may be asked for beside the events, with its type. */
    private static final Map<String, String> FILES = Map.of(
            "/", "text/html; charset=utf-8",
            "/plot.css", "text/css; charset=utf-8",
            "/plot.js", "text/javascript; charset=utf-8");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final Supplier<List<Shown>> lanes;
    private final HttpServer server;
    private final Set<String> names;
    private final Semaphore watchers = new Semaphore(MOST_WATCHERS);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "live-page");
        thread.setDaemon(true);
        return thread;
    });

    private LivePage(Supplier<List<Shown>> lanes, HttpServer server) {
        this.lanes = lanes;
        this.server = server;
        int port = server.getAddress().getPort();
        this.names = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /**
     * Serves until it is closed.
     *
     * @param lanes how they stand now
     * @param port 0 for one that is free
     * @throws PlatformException if the port is taken
     */
    static LivePage serve(Supplier<List<Shown>> lanes, int port) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new PlatformException(
                    "Port " + port
                            + " of the loopback address cannot be listened at: choose another one by --web-port.",
                    e);
        }
        LivePage page = new LivePage(lanes, server);
        server.createContext("/", page::answer);
        server.setExecutor(page.threads);
        server.start();
        return page;
    }

    /** Where a browser finds it. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            String path = exchange.getRequestURI().getPath();
            // A page of elsewhere whose name was pointed at this machine brings that name.
            if (!names.contains(String.valueOf(exchange.getRequestHeaders().getFirst("Host")))) {
                say(exchange, 421, "Ask for " + address() + " by that address.");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                say(exchange, 405, "There is nothing here to change: only GET is answered.");
            } else if (path.equals("/events")) {
                watch(exchange);
            } else if (FILES.containsKey(path)) {
                send(exchange, 200, String.valueOf(FILES.get(path)), file(path));
            } else {
                say(exchange, 404, "There is no " + path + ": the page is at " + address() + ".");
            }
        }
    }

    private void watch(HttpExchange exchange) throws IOException {
        if (!watchers.tryAcquire()) {
            say(exchange, 503, MOST_WATCHERS + " browsers watch already: close one.");
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            do {
                tell(out, "plot");
            } while (!hasEndedMeanwhile());
            tell(out, "over");
        } catch (IOException e) {
            // The browser went away, which is its way to end it.
            exchange.close();
        } finally {
            watchers.release();
        }
    }

    /** Waits until the page is to be drawn anew, or everything has ended. */
    private boolean hasEndedMeanwhile() throws IOException {
        try {
            return ended.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void tell(OutputStream out, String event) throws IOException {
        out.write(("event: " + event + "\ndata: " + snapshot() + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String snapshot() throws JsonProcessingException {
        return JSON.writeValueAsString(lanes.get());
    }

    private static byte[] file(String path) throws IOException {
        String name = path.equals("/") ? "/plot.html" : path;
        try (InputStream in = LivePage.class.getResourceAsStream("web" + name)) {
            if (in == null) {
                throw new IOException("The build lacks web" + name + ".");
            }
            return in.readAllBytes();
        }
    }

    private static void say(HttpExchange exchange, int status, String sentence) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", sentence.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Tells every browser that it is over. */
    @Override
    public void close() {
        ended.countDown();
        threads.shutdown();
        try {
            var unused = threads.awaitTermination(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
    }
}
