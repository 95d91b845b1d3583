package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.platform.Home;
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

    @Override
    public Integer call() {
        Console out = Console.standard();
        Home meant = Places.inUse(home);
        List<ProcessStatus> processes = ProcessStatus.of(meant);
        out.line(String.format(ROW, "process", "pid", "port", "health", "memory"));
        processes.forEach(process -> out.line(row(process)));
        long total = processes.stream()
                .mapToLong(each -> each.residentKibibytes().orElse(0))
                .sum();
        out.line(String.format(ROW, "", "", "", "", Words.mebibytes(total)));
        return processes.stream().allMatch(process -> process.condition() == ProcessStatus.Condition.READY)
                ? ExitStatus.DONE
                : ExitStatus.NOT_RUNNING;
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
