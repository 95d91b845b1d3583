package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.cli.operations.CampaignLines;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Redraw;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre campaigns …}: many secrets, rotated in waves. */
@Command(
        name = "campaigns",
        description = "Rotate many secrets in waves: a canary first, and no further wave once too much fails.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 if it was done, 1 if it was refused; of dry-run also 4 if some rotation would not begin."
        })
final class CampaignsCommand {
    private static final String PATH = "campaigns";
    private static final String ID = "As ./gyre campaigns list shows it.";

    /** Which secrets: those that fit all of it. */
    static final class Selecting {
        @Option(
                names = "--secret",
                paramLabel = "PATTERN",
                description = "Those of such a name; * stands for any characters, for example 'db/*'.")
        @Nullable
        private String name;

        @Option(names = "--type", paramLabel = "TYPE", description = "ram, rds or ecs.")
        @Nullable
        private String type;

        @Option(names = "--tag", paramLabel = "KEY[=VALUE]", description = "Those with such a tag.")
        @Nullable
        private String tag;

        @Option(
                names = "--instance",
                paramLabel = "ID",
                description = "Those of this KMS instance, or kms-1.0 for those of none.")
        @Nullable
        private String instance;

        @Option(
                names = "--target",
                paramLabel = "ID",
                description = "Those whose credential this RDS or ECS instance checks.")
        @Nullable
        private String target;

        private ObjectNode json() {
            ObjectNode selection = JsonNodeFactory.instance.objectNode();
            put(selection, "name", name);
            put(selection, "type", type);
            put(selection, "instanceId", instance);
            put(selection, "target", target);
            if (tag != null) {
                int equals = tag.indexOf('=');
                selection.put("tagKey", equals < 0 ? tag : tag.substring(0, equals));
                put(selection, "tagValue", equals < 0 ? null : tag.substring(equals + 1));
            }
            return selection;
        }

        private static void put(ObjectNode selection, String field, @Nullable String value) {
            if (value != null) {
                selection.put(field, value);
            }
        }
    }

    /** How it goes on, and when it stops. */
    static final class Pace {
        @Option(
                names = "--canary",
                paramLabel = "N",
                description = "How many secrets the first wave has (default: ${DEFAULT-VALUE}).")
        private int canary = 1;

        @Option(
                names = "--growth",
                paramLabel = "N",
                description = "By how much each wave is larger than the one before (default: ${DEFAULT-VALUE}).")
        private int growth = 3;

        @Option(
                names = "--wave-limit",
                paramLabel = "N",
                description = "How many secrets a wave has at most (default: ${DEFAULT-VALUE}).")
        private int waveLimit = 500;

        @Option(
                names = "--soak",
                paramLabel = "SPAN",
                converter = SpanConverter.class,
                defaultValue = "10m",
                description = "How long it watches after each wave (default: ${DEFAULT-VALUE}).")
        private Duration soak = Duration.ZERO;

        @Option(
                names = "--failures",
                paramLabel = "PERCENT",
                description = "The share of failures that it goes on with (default: ${DEFAULT-VALUE}).")
        private int failures;

        @Option(
                names = "--overlap",
                paramLabel = "SPAN",
                converter = SpanConverter.class,
                defaultValue = "48h",
                description = "How long the former AccessKey of a RAM user lives on (default: ${DEFAULT-VALUE}).")
        private Duration overlap = Duration.ZERO;

        @Option(
                names = "--probe",
                paramLabel = "URL",
                description = "Stop once this https URL answers other than 2xx twice in a row.")
        @Nullable
        private String probe;

        private void write(ObjectNode wanted) {
            wanted.put("canary", canary)
                    .put("growth", growth)
                    .put("waveLimit", waveLimit)
                    .put("soakSeconds", soak.toSeconds())
                    .put("failuresPercent", failures)
                    .put("overlapSeconds", overlap.toSeconds());
            if (probe != null) {
                wanted.put("probeUrl", probe);
            }
        }
    }

    @Command(
            name = "create",
            description = "Fix which secrets are rotated in which wave. Nothing begins before ./gyre campaigns resume.")
    int create(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "NAME", description = "What people are to call it.") String name,
            @ArgGroup(exclusive = false, multiplicity = "1") Selecting selecting,
            @Mixin Pace pace,
            @Option(names = "--start", description = "Begin at once.") boolean start) {
        ObjectNode wanted =
                JsonNodeFactory.instance.objectNode().put("name", name).put("start", start);
        wanted.set("selection", selecting.json());
        pace.write(wanted);
        operations.show(operations.api().post(PATH, wanted).body(), CampaignLines::detail);
        return ExitStatus.DONE;
    }

    @Command(name = "list", description = "List campaigns, the latest first.")
    int list(
            @Mixin OperationsOptions operations,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            defaultValue = "",
                            description = "Running, Paused, Stopped, Ended, RollingBack or RolledBack.")
                    String state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        operations.show(
                operations.api().get(PATH, new TreeMap<>(Map.of("state", state, "limit", Integer.toString(limit)))),
                CampaignLines::table);
        return ExitStatus.DONE;
    }

    @Command(name = "show", description = "Show a campaign: its waves, what failed, and what it waits for.")
    int show(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--watch", description = "Show it again as it changes, until Ctrl-C.") boolean watch) {
        OperationsApi api = operations.api();
        if (watch) {
            new Redraw(Console.standard())
                    .untilInterrupted(
                            () -> operations.shown(api.get(PATH + "/" + id, new TreeMap<>()), CampaignLines::detail));
        }
        operations.show(api.get(PATH + "/" + id, new TreeMap<>()), CampaignLines::detail);
        return ExitStatus.DONE;
    }

    @Command(name = "secrets", description = "List a campaign's secrets, in the order in which they begin.")
    int secrets(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--wave", paramLabel = "N", defaultValue = "", description = "Those of this wave.")
                    String wave,
            @Option(
                            names = "--standing",
                            paramLabel = "STANDING",
                            defaultValue = "",
                            description = "planned, running, done, failed or skipped.")
                    String standing,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        operations.show(
                operations
                        .api()
                        .get(
                                PATH + "/" + id + "/secrets",
                                new TreeMap<>(
                                        Map.of("wave", wave, "standing", standing, "limit", Integer.toString(limit)))),
                CampaignLines::secrets);
        return ExitStatus.DONE;
    }

    @Command(name = "pause", description = "Begin nothing for now; what has begun goes on.")
    int pause(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "pause");
    }

    @Command(
            name = "resume",
            description = "Begin, or go on. Of one that was stopped, what has failed until now is accepted.")
    int resume(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "resume");
    }

    @Command(name = "stop", description = "Begin nothing any more; what has begun goes on.")
    int stop(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "stop");
    }

    @Command(
            name = "roll-back",
            description =
                    "Begin nothing any more, and put back what has begun and not ended; show tells what could not be.")
    int rollBack(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "roll-back");
    }

    @Command(
            name = "dry-run",
            description =
                    "See which of its rotations would begin: workers look at the targets and change nothing. Ctrl-C ends it.",
            footer = {"", "Exit status: 0 if all would, 4 if something speaks against some."})
    int dryRun(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        OperationsApi api = operations.api();
        int planned = api.get(PATH + "/" + id, new TreeMap<>())
                .path("counts")
                .path("planned")
                .asInt();
        ArrayNode looks = JsonNodeFactory.instance.arrayNode();
        String token = "";
        do {
            JsonNode page = api.post(
                            PATH + "/" + id + "/dry-run" + (token.isEmpty() ? "" : "?nextToken=" + token), Map.of())
                    .body();
            page.path("secrets").forEach(looks::add);
            token = page.path("nextToken").asText();
            if (!operations.json) {
                tell(page, looks.size(), planned);
            }
        } while (!token.isEmpty());
        return report(operations, looks);
    }

    /** What speaks against some is told as it is found, and how far it is. */
    private static void tell(JsonNode page, int looked, int planned) {
        page.path("secrets").forEach(look -> CampaignLines.refused(look).forEach(Console.standard()::line));
        Console.standard().line(looked + " of " + planned + " looked at.");
    }

    private static int report(OperationsOptions operations, ArrayNode looks) {
        int passed = 0;
        for (JsonNode look : looks) {
            passed += look.path("passed").asBoolean() ? 1 : 0;
        }
        int refused = looks.size() - passed;
        ObjectNode report =
                JsonNodeFactory.instance.objectNode().put("wouldBegin", passed).put("wouldNot", refused);
        report.set("secrets", looks);
        String sentence = passed + " would begin, " + refused + " would not. Nothing was changed.";
        operations.show(report, all -> List.of(sentence));
        return refused == 0 ? ExitStatus.DONE : ExitStatus.WOULD_NOT_ROTATE;
    }

    private static int order(OperationsOptions operations, UUID id, String verb) {
        operations.show(
                operations.api().post(PATH + "/" + id + "/" + verb, Map.of()).body(), CampaignLines::detail);
        return ExitStatus.DONE;
    }
}
