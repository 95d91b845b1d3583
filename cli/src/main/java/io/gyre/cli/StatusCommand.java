package io.gyre.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.platform.ProcessStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gyre status}. */
@Command(
        name = "status",
        description = "Show each process: its number, its port, its health and the memory that it holds.",
        footer = {"", "Exit status: 0 if every process runs and is healthy, else 3."})
final class StatusCommand implements Callable<Integer> {

    private static final String ROW = "%-16s %8s %6s  %-9s %9s";

    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    @Nullable
    private Path home;

    @Option(names = "--json", description = "Show JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Console out = Console.standard();
        List<ProcessStatus> processes = ProcessStatus.of(Places.inUse(home));
        if (json) {
            out.line(json(processes));
        } else {
            table(processes, out);
        }
        return processes.stream().allMatch(process -> process.condition() == ProcessStatus.Condition.READY)
                ? ExitStatus.DONE
                : ExitStatus.NOT_RUNNING;
    }

    private static String json(List<ProcessStatus> processes) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode listed = all.putArray("processes");
        processes.forEach(process -> {
            ObjectNode one = listed.addObject()
                    .put("name", process.name())
                    .put("health", process.condition().word());
            process.pid().ifPresent(pid -> one.put("pid", pid));
            if (process.port() > 0) {
                one.put("port", process.port());
            }
            process.residentKibibytes().ifPresent(memory -> one.put("residentKibibytes", memory));
        });
        return all.toPrettyString();
    }

    private static void table(List<ProcessStatus> processes, Console out) {
        out.line(String.format(ROW, "process", "pid", "port", "health", "memory"));
        processes.forEach(process -> out.line(row(process)));
        long total = processes.stream()
                .mapToLong(each -> each.residentKibibytes().orElse(0))
                .sum();
        out.line(String.format(ROW, "", "", "", "", Words.mebibytes(total)));
    }

    private static String row(ProcessStatus process) {
        OptionalLong pid = process.pid();
        OptionalLong memory = process.residentKibibytes();
        return String.format(
                ROW,
                process.name(),
                pid.isPresent() ? Long.toString(pid.getAsLong()) : "-",
                process.port() == 0 ? "-" : Integer.toString(process.port()),
                process.condition().word(),
                memory.isPresent() ? Words.mebibytes(memory.getAsLong()) : "-");
    }
}
