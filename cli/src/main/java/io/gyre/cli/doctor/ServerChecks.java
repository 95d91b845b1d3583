package io.gyre.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.OpenServer;
import io.gyre.cli.operations.OperationsApi.Greeting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The server itself: whether it answers, who it proves to be, what it says of its health, and whether it knows the caller. */
final class ServerChecks {
    private static final String ANSWERS = "operations API";
    private static final String KEY = "access key";
    private static final int UNAUTHENTICATED = 401;

    /** Where one of these fails, nothing else can be asked. */
    static final Set<String> NEEDED = Set.of(ANSWERS, KEY);

    /** Time for whoever renews certificates by hand. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(14);

    /** A signature is valid for 15 minutes to either side. */
    private static final Duration SIGNATURE = Duration.ofMinutes(15);

    /** What the way to the server takes, and what a time to the second leaves open. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private static final Duration NOTICEABLE = Duration.ofMinutes(1);

    private final Installation installation;
    private final OpenServer server;

    ServerChecks(Installation installation) {
        this.installation = installation;
        this.server = new OpenServer(installation.endpoint(), installation.authorities());
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(ANSWERS, this::answers));
        installation.secured().forEach(each -> checks.add(new Check("TLS " + each.getPort(), () -> certificate(each))));
        checks.add(new Check("health", this::health));
        checks.add(new Check("clock", this::clock));
        checks.add(new Check(KEY, this::accessKey));
        return checks;
    }

    private Finding answers() {
        server.health();
        return Finding.ok(ANSWERS, "It answers at " + installation.endpoint() + ".");
    }

    private Finding certificate(URI address) {
        String check = "TLS " + address.getPort();
        Instant until = new OpenServer(address, installation.authorities()).certificateValidUntil();
        Duration left = Duration.between(Instant.now(), until);
        String said = "The certificate of " + address + " is trusted and valid for " + left.toDays() + " days.";
        return left.compareTo(RENEWED_BEFORE) < 0
                ? Finding.warn(check, said, "Renew it: a new file in the same place is served within 30 s.")
                : Finding.ok(check, said);
    }

    private Finding health() {
        List<String> down = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (JsonNode each : server.health().path("checks")) {
            String name = each.path("name").asText();
            if (!each.path("status").asText().equals("UP")) {
                down.add(name);
            }
            JsonNode data = each.path("data");
            if (data.path("relay").asText().equals("held up")) {
                held.add("no event reaches Kafka since " + data.path("since").asText() + ": "
                        + data.path("reason").asText());
            }
        }
        if (!down.isEmpty()) {
            return Finding.fail(
                    "health",
                    "Down: " + String.join(", ", down) + ".",
                    "See what api-service wrote: ./gyre logs api-service.");
        }
        return held.isEmpty()
                ? Finding.ok("health", "api-service says that it can do its work.")
                : Finding.warn(
                        "health",
                        "The outbox waits; " + String.join("; ", held),
                        "Look after Kafka: what waits is told once it answers.");
    }

    private Finding clock() {
        Instant told = installation.api().greet().date();
        if (told == null) {
            return Finding.skipped("clock", "The server does not tell its time.");
        }
        // It is told to the second.
        return clock(Instant.now().truncatedTo(ChronoUnit.SECONDS), told);
    }

    static Finding clock(Instant here, Instant told) {
        Duration ahead = Duration.between(here, told);
        Duration skew = ahead.abs();
        String said = "The server's clock is "
                + (skew.compareTo(CLOSE) <= 0
                        ? "this machine's, to a second or two."
                        : skew.toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's.");
        String remedy = "Set both clocks by NTP: a signature is valid for 15 minutes to either side.";
        if (skew.compareTo(SIGNATURE) >= 0) {
            return Finding.fail("clock", said, remedy);
        }
        return skew.compareTo(NOTICEABLE) >= 0 ? Finding.warn("clock", said, remedy) : Finding.ok("clock", said);
    }

    private Finding accessKey() {
        Greeting greeting = installation.api().greet();
        return greeting.status() == UNAUTHENTICATED
                ? Finding.fail(KEY, greeting.said(), "Name the file of a key that is in use with --key-file.")
                : Finding.ok(KEY, "The AccessKey is accepted.");
    }
}
