package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Campaigns as people read them on a terminal. */
public final class CampaignLines {
    private static final String ROW = "%-36s  %-28s %-12s  %-7s  %s";
    private static final String WAVE_ROW = "  %5s  %8s %8s %8s %8s %8s";

    private CampaignLines() {}

    /** A page of the list. */
    public static List<String> table(JsonNode page) {
        JsonNode campaigns = page.path("campaigns");
        if (campaigns.isEmpty()) {
            return List.of("There is no campaign like that. ./gyre campaigns create makes one.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(ROW, "campaign", "name", "state", "wave", "why"));
        campaigns.forEach(campaign -> lines.add(String.format(
                ROW,
                campaign.path("campaignId").asText(),
                campaign.path("name").asText(),
                campaign.path("state").asText(),
                campaign.path("wave").asInt() + "/" + campaign.path("waves").asInt(),
                campaign.path("reason").asText())));
        if (page.has("nextToken")) {
            lines.add("There are more: --limit shows up to 200, --state narrows the list.");
        }
        return lines;
    }

    /** One campaign with what became of its secrets. */
    public static List<String> detail(JsonNode campaign) {
        List<String> lines = new ArrayList<>();
        lines.add(
                campaign.path("name").asText() + "   " + campaign.path("state").asText() + " · wave "
                        + campaign.path("wave").asInt() + " of "
                        + campaign.path("waves").asInt() + " · "
                        + campaign.path("secrets").asInt() + " secrets");
        lines.add(campaign.path("reason").asText());
        lines.add("");
        field(lines, "campaign", campaign.path("campaignId").asText());
        field(lines, "waits for", campaign.path("waitsFor").asText());
        field(lines, "selection", selection(campaign.path("selection")));
        field(lines, "goes on with", campaign.path("failuresPercent").asInt() + " % failures at most");
        JsonNode probe = campaign.path("probe");
        field(
                lines,
                "probe",
                probe.isMissingNode()
                        ? ""
                        : probe.path("url").asText() + " " + probe.path("seen").asText("was not asked yet"));
        lines.add("");
        lines.add(String.format(WAVE_ROW, "wave", "planned", "running", "done", "failed", "skipped"));
        campaign.path("perWave")
                .forEach(wave -> lines.add(counts(wave.path("wave").asText(), wave)));
        lines.add(counts("all", campaign.path("counts")));
        lines.addAll(wayBack(campaign.path("wayBack")));
        lines.addAll(failing(campaign.path("failing")));
        return lines;
    }

    /** A page of its secrets. */
    public static List<String> secrets(JsonNode page) {
        List<String> lines = new ArrayList<>();
        page.path("secrets").forEach(secret -> lines.add(secret(secret)));
        if (lines.isEmpty()) {
            lines.add("No secret of the campaign is like that.");
        }
        if (page.has("nextToken")) {
            lines.add("There are more: --limit shows up to 200, --wave and --standing narrow the list.");
        }
        return lines;
    }

    /** What a look at one target said; nothing where a rotation would begin. */
    public static List<String> refused(JsonNode look) {
        return look.path("passed").asBoolean()
                ? List.of()
                : List.of("  " + look.path("secretName").asText() + " would not begin: "
                        + look.path("finding").asText());
    }

    private static String counts(String wave, JsonNode counts) {
        return String.format(
                WAVE_ROW,
                wave,
                counts.path("planned").asInt(),
                counts.path("running").asInt(),
                counts.path("done").asInt(),
                counts.path("failed").asInt(),
                counts.path("skipped").asInt());
    }

    private static List<String> wayBack(JsonNode ways) {
        if (ways.isMissingNode()) {
            return List.of();
        }
        return List.of(
                "",
                String.format(
                        Locale.ROOT,
                        "Way back: %d rolling back, %d rolled back, %d declined; %d had succeeded before, %d had failed.",
                        ways.path("rollingBack").asLong(),
                        ways.path("rolledBack").asLong(),
                        ways.path("declined").asLong(),
                        ways.path("succeededBefore").asLong(),
                        ways.path("failedBefore").asLong()));
    }

    private static List<String> failing(JsonNode failing) {
        List<String> lines = new ArrayList<>();
        if (!failing.isEmpty()) {
            lines.add("");
            lines.add("Failed, or waiting for a person (./gyre rotation show ID tells more):");
            failing.forEach(secret -> lines.add(secret(secret)));
        }
        return lines;
    }

    private static String secret(JsonNode secret) {
        return Stream.of(
                        "  wave " + secret.path("wave").asInt(),
                        secret.path("secretName").asText(),
                        secret.path("standing").asText(),
                        secret.path("wayBack").asText(),
                        secret.path("rotationId").asText(),
                        secret.path("note").asText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private static String selection(JsonNode selection) {
        return selection.properties().stream()
                .map(part -> part.getKey() + " " + part.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    private static void field(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(String.format("  %-15s %s", name, value));
        }
    }
}
