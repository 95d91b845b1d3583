package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Webhooks as people read them on a terminal. */
public final class WebhookLines {
    private static final String ROW = "%-36s  %-20s  %-8s  %7s  %6s  %s";
    private static final String DELIVERY_ROW = "%-36s  %-20s  %-40s  %5s  %s";

    private WebhookLines() {}

    /** All of them. */
    public static List<String> table(JsonNode page) {
        JsonNode webhooks = page.path("webhooks");
        if (webhooks.isEmpty()) {
            return List.of("There is no webhook. ./gyre webhooks create makes one.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(ROW, "webhook", "name", "state", "waiting", "failed", "where"));
        webhooks.forEach(webhook -> {
            lines.add(String.format(
                    ROW,
                    webhook.path("webhookId").asText(),
                    webhook.path("name").asText(),
                    webhook.path("state").asText(),
                    webhook.path("waiting").asText(),
                    webhook.path("failed").asText(),
                    webhook.path("url").asText()));
            if (webhook.has("failingSince")) {
                lines.add("  nothing could be delivered since "
                        + webhook.path("failingSince").asText());
            }
        });
        return lines;
    }

    /** One. */
    public static List<String> detail(JsonNode webhook) {
        return List.of(webhook.path("name").asText() + " ("
                + webhook.path("webhookId").asText() + ") is "
                + webhook.path("state").asText() + ": " + webhook.path("reason").asText());
    }

    /** One with its new secret. */
    public static List<String> opened(JsonNode answer) {
        return List.of(
                answer.path("webhook").path("name").asText() + " is sent events at "
                        + answer.path("webhook").path("url").asText(),
                "  webhook  " + answer.path("webhook").path("webhookId").asText(),
                "  secret   " + answer.path("secret").asText(),
                "The secret is not shown again: give it to the receiver, which checks signatures with it.");
    }

    /** What came of a test. */
    public static List<String> tested(JsonNode answer) {
        String finding = "The receiver " + answer.path("finding").asText() + ".";
        return List.of(answer.path("delivered").asBoolean() ? finding : "Not delivered. " + finding);
    }

    /** Those that failed. */
    public static List<String> deliveries(JsonNode page) {
        List<String> lines = new ArrayList<>();
        page.path("deliveries")
                .forEach(delivery -> lines.add(String.format(
                        DELIVERY_ROW,
                        delivery.path("deliveryId").asText(),
                        delivery.path("failedAt").asText().replaceFirst("\\.[0-9]+Z$", "Z"),
                        delivery.path("eventType").asText(),
                        delivery.path("attempts").asText(),
                        delivery.path("lastAnswer").asText())));
        if (lines.isEmpty()) {
            return List.of("No delivery has failed.");
        }
        lines.add(0, String.format(DELIVERY_ROW, "delivery", "failed", "event", "tries", "last answer"));
        return lines;
    }
}
