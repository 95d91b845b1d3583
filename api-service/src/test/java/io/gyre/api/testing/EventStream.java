package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Server-Sent Events as a browser reads them, and the same connection closed by it. */
public final class EventStream implements AutoCloseable {
    /** Longer than any event is waited for. */
    private static final long PATIENCE_SECONDS = 40;

    /** What stands in the queue once the server has ended the stream. */
    private static final Event END = new Event("end of the stream", "");

    private final InputStream body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** One event; its data's lines are joined again. */
    public record Event(String name, String data) {}

    private EventStream(InputStream body) {
        this.body = body;
        Thread reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param session the token of the cookie */
    public static EventStream open(String path, String session) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Browser.origin() + path))
                .header("Cookie", Browser.COOKIE + "=" + session)
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<InputStream> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "text/event-stream; charset=utf-8",
                    answer.headers().firstValue("content-type").orElse(""));
            return new EventStream(answer.body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "";
            List<String> data = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.add(line.substring(6));
                } else if (line.isEmpty()) {
                    events.add(new Event(name, String.join("\n", data)));
                    data.clear();
                }
            }
        } catch (IOException closed) {
            // By the test, or by the server: both end it.
        }
        events.add(END);
    }

    public Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("No event came.");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next one that shows this; those before it are passed over. */
    public Event until(String text) {
        for (Event event = next(); ; event = next()) {
            if (event.data().contains(text)) {
                return event;
            }
            if (event.equals(END)) {
                throw new AssertionError("The stream ended without \"" + text + "\".");
            }
        }
    }

    /** Expects that the server ends it now, as its last event says why. */
    public String over() {
        for (Event event = next(); ; event = next()) {
            if (event.name().equals("over")) {
                assertEquals(END, next());
                return event.data();
            }
            assertEquals("part", event.name());
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
