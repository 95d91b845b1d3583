package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.ScheduleLines;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre schedule}. */
@Command(
        name = "schedule",
        description = "Tell what is due by rotation policies, what keeps it from beginning, and what is paused.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {PolicyCommand.class, ScheduleCommand.WindowCommand.class})
final class ScheduleCommand implements Callable<Integer> {
    private static final String PATH = "schedule";
    private static final String OF_SECRET = PATH + "/secret";
    private static final String CRON = "When it opens, in Quartz's syntax, as \"0 0 2 * * ?\" for every night at two.";
    private static final String ZONE = "By whose clocks: a time zone of the IANA database, as Asia/Shanghai.";
    private static final String LENGTH = "How long it stays open, as 2h: 1m to 7d.";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Override
    public Integer call() {
        operations.show(operations.api().get(PATH, new TreeMap<>()), ScheduleLines::whole);
        return ExitStatus.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Tell when a secret is rotated by its policy: its next five dates, its window, its pause, and what keeps it"
                            + " from being rotated.")
    int show(
            @Mixin OperationsOptions look,
            @Parameters(paramLabel = "SECRET", description = "Its name.") String secret) {
        look.show(look.api().get(OF_SECRET, named(secret)), ScheduleLines::one);
        return ExitStatus.DONE;
    }

    @Command(
            name = "preview",
            description =
                    "Tell what a policy or a window would do before it is set: above all, whether the secret would be"
                            + " rotated at once. Nothing is changed.")
    int preview(
            @Mixin OperationsOptions look,
            @Parameters(paramLabel = "SECRET", description = "Its name.") String secret,
            @Option(
                            names = "--interval",
                            paramLabel = "LENGTH",
                            description = "As UpdateSecretRotationPolicy takes it, 6h to 365d; as it is unless given.",
                            defaultValue = "")
                    String interval,
            @ArgGroup(exclusive = false, heading = "A window, or the one that it has:%n") @Nullable Window window) {
        SortedMap<String, String> query = named(secret);
        query.put("interval", interval);
        if (window != null) {
            query.put("cron", window.cron);
            query.put("zone", window.zone);
            query.put("seconds", Long.toString(window.length.toSeconds()));
        }
        look.show(look.api().get(OF_SECRET + "/preview", query), ScheduleLines::one);
        return ExitStatus.DONE;
    }

    @Command(
            name = "pause",
            description =
                    "Let no rotation begin by a policy, of one secret or of all. Those that run go on, and so do those"
                            + " that are asked for.")
    int pause(
            @Mixin OperationsOptions order,
            @ArgGroup(multiplicity = "1") Those those,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            description = "Why, for people: at most 256 characters.",
                            defaultValue = "")
                    String reason) {
        return ordered(order, those, "/pause", reason.isEmpty() ? Map.of() : Map.of("reason", reason));
    }

    @Command(
            name = "resume",
            description =
                    "Let rotations begin by policies again. A secret whose date passed meanwhile is rotated at once; of all"
                            + " secrets, what came due is spread over as long as the pause was, an hour at most.")
    int resume(@Mixin OperationsOptions order, @ArgGroup(multiplicity = "1") Those those) {
        return ordered(order, those, "/resume", Map.of());
    }

    private static int ordered(OperationsOptions order, Those those, String verb, Map<String, String> body) {
        if (those.all) {
            order.show(order.api().post(PATH + verb, body).body(), ScheduleLines::whole);
        } else {
            JsonNode answer = order.api()
                    .post(OF_SECRET + verb, named(those.secret), body)
                    .body();
            order.show(answer, ScheduleLines::one);
        }
        return ExitStatus.DONE;
    }

    private static SortedMap<String, String> named(String secret) {
        return new TreeMap<>(Map.of("secretName", secret));
    }

    /** One secret, or all of them. */
    static final class Those {
        @Parameters(paramLabel = "SECRET", description = "Its name.")
        private String secret = "";

        @Option(names = "--all", required = true, description = "Every secret.")
        private boolean all;
    }

    /** When rotations may begin. */
    static final class Window {
        @Option(names = "--cron", paramLabel = "CRON", required = true, description = CRON)
        private String cron = "";

        @Option(names = "--zone", paramLabel = "ZONE", required = true, description = ZONE)
        private String zone = "";

        @Option(
                names = "--length",
                paramLabel = "LENGTH",
                required = true,
                converter = SpanConverter.class,
                description = LENGTH)
        private Duration length = Duration.ZERO;
    }

    /** {@code gyre schedule window}. */
    @Command(
            name = "window",
            description = "Let a secret be rotated by its policy only at certain hours, or at any time again.",
            synopsisSubcommandLabel = "COMMAND")
    static final class WindowCommand {
        @Command(
                name = "set",
                description =
                        "Let a secret be rotated by its policy only within a window. A rotation begins within it, and"
                                + " may end after it; one that is asked for begins at any time.")
        int set(
                @Mixin OperationsOptions order,
                @Parameters(paramLabel = "SECRET", description = "Its name.") String secret,
                @ArgGroup(exclusive = false, multiplicity = "1") Window window) {
            order.show(
                    order.api()
                            .post(
                                    OF_SECRET + "/window",
                                    named(secret),
                                    new TreeMap<>(Map.of(
                                            "cron",
                                            window.cron,
                                            "zone",
                                            window.zone,
                                            "seconds",
                                            window.length.toSeconds())))
                            .body(),
                    ScheduleLines::one);
            return ExitStatus.DONE;
        }

        @Command(name = "clear", description = "Let a secret be rotated by its policy at any time again.")
        int clear(
                @Mixin OperationsOptions order,
                @Parameters(paramLabel = "SECRET", description = "Its name.") String secret) {
            order.show(
                    order.api()
                            .post(OF_SECRET + "/window/clear", named(secret), Map.of())
                            .body(),
                    ScheduleLines::one);
            return ExitStatus.DONE;
        }
    }
}
