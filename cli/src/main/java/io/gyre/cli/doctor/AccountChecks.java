package io.gyre.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.audit.AuditChain;
import io.gyre.cli.operations.AuditPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What belongs to the account: its instances, its service role, its webhooks, its audit log. */
final class AccountChecks {
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final int LATEST_LINES = 200;

    private final Installation installation;

    AccountChecks(Installation installation) {
        this.installation = installation;
    }

    List<Check> all() {
        return List.of(
                new Check("instances", this::instances),
                new Check("service role", this::serviceRole),
                new Check("webhooks", this::webhooks),
                new Check("audit log", this::auditLog));
    }

    private Finding instances() {
        // Instances end on the calendar, which may run faster than the wall clock.
        Instant now = Instant.parse(
                installation.api().get("schedule", new TreeMap<>()).path("asOf").asText());
        List<String> expired = new ArrayList<>();
        List<String> ending = new ArrayList<>();
        installation.api().get("instances", new TreeMap<>()).path("instances").forEach(each -> {
            String name = each.path("instanceId").asText();
            String status = each.path("status").asText();
            if (status.equals("Expired")) {
                expired.add(name + " (released " + each.path("releasePlannedAt").asText() + ")");
            } else if (status.equals("Running") && each.has("expiresAt")) {
                Instant end = Instant.parse(each.path("expiresAt").asText());
                if (Duration.between(now, end).compareTo(RENEWED_BEFORE) < 0) {
                    ending.add(name + " (" + each.path("expiresAt").asText() + ")");
                }
            }
        });
        String renew = "./gyre instances renew ID --days N.";
        if (!expired.isEmpty()) {
            return Finding.fail(
                    "instances",
                    "Expired, so that their secrets and keys cannot be used: " + String.join(", ", expired) + ".",
                    "Renew or back up each before it is released: " + renew);
        }
        return ending.isEmpty()
                ? Finding.ok("instances", "No KMS instance has expired or does so within 30 days.")
                : Finding.warn("instances", "To expire within 30 days: " + String.join(", ", ending) + ".", renew);
    }

    private Finding serviceRole() {
        return installation
                        .api()
                        .get("service-roles/ram-rotation", new TreeMap<>())
                        .path("granted")
                        .asBoolean()
                ? Finding.ok("service role", "RAM secrets can be created.")
                : Finding.warn(
                        "service role",
                        "RAM secrets cannot be created: the account does not let Gyre replace AccessKeys.",
                        "If it should: ./gyre service-role grant.");
    }

    private Finding webhooks() {
        List<String> failing = new ArrayList<>();
        installation.api().get("webhooks", new TreeMap<>()).path("webhooks").forEach(each -> {
            if (each.has("failingSince")) {
                failing.add(each.path("name").asText() + " (since "
                        + each.path("failingSince").asText() + ")");
            }
        });
        return failing.isEmpty()
                ? Finding.ok("webhooks", "Every webhook is delivered to, if there is any.")
                : Finding.warn(
                        "webhooks",
                        "Nothing can be delivered to " + String.join(", ", failing) + ".",
                        "./gyre webhooks deliveries ID tells what the receiver answers.");
    }

    /** The lines at the end alone, each by the hash of the one before: all of them is what audit verify takes its time for. */
    private Finding auditLog() {
        Map<String, JsonNode> later = new HashMap<>();
        int compared = 0;
        for (JsonNode line :
                new AuditPages(installation.api()).latest(LATEST_LINES).path("lines")) {
            String chain = line.path("chain").asText();
            JsonNode next = later.put(chain, line);
            if (next != null && next.path("line").asLong() == line.path("line").asLong() + 1) {
                String due = AuditChain.next(
                        line.path("hash").asText(), next.path("event").asText());
                if (!due.equals(next.path("hash").asText())) {
                    return Finding.fail(
                            "audit log",
                            "Line " + next.path("line").asLong() + " of chain " + chain
                                    + " does not follow from the one before: it was changed.",
                            "./gyre audit verify tells how much of the log is spoilt.");
                }
                compared++;
            }
        }
        return Finding.ok(
                "audit log",
                "Its latest lines follow from each other (" + compared
                        + " compared); ./gyre audit verify checks all of it.");
    }
}
