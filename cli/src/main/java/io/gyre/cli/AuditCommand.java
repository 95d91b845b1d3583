package io.gyre.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.audit.AuditCheck;
import io.gyre.audit.AuditKey;
import io.gyre.cli.operations.AuditLines;
import io.gyre.cli.operations.AuditPages;
import io.gyre.cli.operations.OutsideHeads;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre audit}. */
@Command(
        name = "audit",
        description =
                "Show the latest lines of the audit log: each call, allowed or denied, and each step of a rotation.",
        synopsisSubcommandLabel = "[COMMAND]")
final class AuditCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many lines pass in about ten seconds. */
    private static final int PROGRESS_EVERY = 20_000;

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(names = "--limit", paramLabel = "N", description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Override
    public Integer call() {
        operations.show(new AuditPages(operations.api()).latest(limit), AuditLines::table);
        return ExitStatus.DONE;
    }

    @Command(
            name = "keys",
            description = "List the keys that sign the log, the latest first. Keep their ids elsewhere.")
    int keys(@Mixin OperationsOptions asked) {
        asked.show(new AuditPages(asked.api()).keyList(), AuditLines::keys);
        return ExitStatus.DONE;
    }

    @Command(name = "export", description = "Write the whole log, one JSON object a line, the oldest first.")
    int export(@Mixin OperationsOptions asked) {
        Console out = Console.standard();
        new AuditPages(asked.api()).lines(line -> {
            ObjectNode written = JSON.createObjectNode()
                    .put("chain", line.chain().toString())
                    .put("line", line.line())
                    .put("hash", line.hash())
                    .put("event", line.event());
            out.line(written.toString());
        });
        return ExitStatus.DONE;
    }

    @Command(
            name = "verify",
            description = {
                "Find out whether the log is whole: lines that were changed, removed or reordered, by their hashes, by the"
                        + " signed heads beside them, and by the heads that Kafka was told.",
                "Ends with status 6 where it is not."
            })
    int verify(
            @Mixin OperationsOptions asked,
            @Option(
                            names = "--kafka",
                            paramLabel = "HOST:PORT",
                            description =
                                    "Where the heads outside are; the local platform's unless --endpoint is given.")
                    @Nullable
                    String kafka,
            @Option(
                            names = "--heads",
                            paramLabel = "FILE",
                            description =
                                    "Heads that were kept elsewhere: values of topic gyre.audit.heads, one a line.")
                    @Nullable
                    Path file,
            @Option(
                            names = "--trust",
                            paramLabel = "KEY-ID",
                            description =
                                    "The only key whose heads count, as ./gyre audit keys listed it; may be repeated. All"
                                            + " that the installation names unless given.")
                    @Nullable
                    List<String> trusted) {
        AuditPages pages = new AuditPages(asked.api());
        AuditCheck check = new AuditCheck(trusted(pages.keys(), trusted));
        String broker = kafka == null ? asked.kafka() : kafka;
        // Heads first: each tells of lines that are there by then.
        pages.heads(head -> check.take(head, "the log"));
        if (broker != null) {
            OutsideHeads.inKafka(broker).forEach(head -> check.take(head, "Kafka"));
        }
        if (file != null) {
            OutsideHeads.inFile(file).forEach(head -> check.take(head, file.toString()));
        }
        AtomicLong read = new AtomicLong();
        pages.lines(line -> {
            check.take(line);
            if (read.incrementAndGet() % PROGRESS_EVERY == 0) {
                System.err.println("  " + read.get() + " lines read …");
            }
        });
        AuditCheck.Result result = check.end();
        boolean outside = broker != null || file != null;
        asked.show(AuditLines.json(result, outside), found -> AuditLines.result(result, outside));
        return result.whole() ? ExitStatus.DONE : ExitStatus.AUDIT_SPOILT;
    }

    private static List<AuditKey> trusted(List<AuditKey> named, @Nullable List<String> wanted) {
        if (wanted == null) {
            return named;
        }
        List<AuditKey> kept =
                named.stream().filter(key -> wanted.contains(key.id())).toList();
        if (kept.size() < wanted.stream().distinct().count()) {
            throw new PlatformException(
                    "The installation does not have every key of --trust " + String.join(", ", wanted)
                            + ": if one of them signed its log, the log is not the one that it was.");
        }
        return kept;
    }
}
