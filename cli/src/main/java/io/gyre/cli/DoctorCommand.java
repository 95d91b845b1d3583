package io.gyre.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.cli.doctor.Checkup;
import io.gyre.cli.doctor.Finding;
import io.gyre.cli.doctor.Finding.Verdict;
import io.gyre.cli.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre doctor}. */
@Command(
        name = "doctor",
        description = {
            "Look at an installation from end to end, and say of each thing how it is and what to do. Nothing is changed.",
            "Every check is made, whatever the others find."
        },
        footer = {"", "Exit status: 0 if all is well, 10 if something fails, 11 if something should be looked at."})
final class DoctorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka of the installation; the local platform's unless --endpoint is given.")
    @Nullable
    private String bootstrap;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Further settings of Kafka's clients, as its own tools take them: lines NAME=VALUE.")
    @Nullable
    private Path clientConfig;

    @Override
    public Integer call() {
        Console out = Console.standard();
        List<Finding> findings = Checkup.of(operations.installation(bootstrap, clientConfig));
        if (operations.json) {
            out.line(json(findings));
        } else {
            findings.forEach(finding -> show(finding, out));
            out.line("");
            out.line(count(findings, Verdict.OK) + " ok, " + count(findings, Verdict.WARN) + " to be looked at, "
                    + count(findings, Verdict.FAIL) + " failed, " + count(findings, Verdict.SKIPPED) + " skipped.");
        }
        if (count(findings, Verdict.FAIL) > 0) {
            return ExitStatus.NOT_SOUND;
        }
        return count(findings, Verdict.WARN) > 0 ? ExitStatus.TO_BE_LOOKED_AT : ExitStatus.DONE;
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static void show(Finding finding, Console out) {
        out.line(out.painted(
                        String.format("%-4s", finding.verdict().word()),
                        finding.verdict().colour())
                + String.format("  %-14s  %s", finding.check(), finding.said()));
        if (!finding.remedy().isEmpty()) {
            out.line(" ".repeat(22) + "Do: " + finding.remedy());
        }
    }

    private static String json(List<Finding> findings) {
        ObjectNode all = JSON.createObjectNode();
        findings.forEach(finding -> {
            ObjectNode one = all.withArray("findings")
                    .addObject()
                    .put("check", finding.check())
                    .put("verdict", finding.verdict().word())
                    .put("said", finding.said());
            if (!finding.remedy().isEmpty()) {
                one.put("do", finding.remedy());
            }
        });
        return all.toPrettyString();
    }
}
