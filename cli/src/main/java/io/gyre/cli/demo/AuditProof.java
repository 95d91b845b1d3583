package io.gyre.cli.demo;

import io.gyre.audit.AuditCheck;
import io.gyre.cli.operations.AuditLines;
import io.gyre.cli.operations.AuditPages;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.operations.OutsideHeads;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformFacts;
import java.util.concurrent.atomic.AtomicInteger;

/** That the audit log tells what the demonstration did, and is whole. */
final class AuditProof {
    private final AuditPages pages;
    private final String kafka;

    AuditProof(PlatformFacts facts) {
        this.pages = new AuditPages(new OperationsApi(
                facts.secureOperations(), AccessKeyFile.read(facts.administratorKeyFile()), facts.authority()));
        this.kafka = facts.bootstrapServers();
    }

    /** @param refusals how many calls were refused while a secret was being rotated */
    void prove(int refusals, Console out, Proofs proofs) {
        AuditCheck check = new AuditCheck(pages.keys());
        AtomicInteger refused = new AtomicInteger();
        proofs.that("every line of the audit log is as it was written, by its hashes and by its signed heads", () -> {
            pages.heads(head -> check.take(head, "the log"));
            OutsideHeads.inKafka(kafka).forEach(head -> check.take(head, "Kafka"));
            pages.lines(line -> {
                check.take(line);
                if (line.event().contains("\"eventName\":\"RotateSecret\"")
                        && line.event().contains("errorCode")) {
                    refused.incrementAndGet();
                }
            });
            AuditCheck.Result result = check.end();
            AuditLines.result(result, true).forEach(line -> out.line("  " + line));
            return result.whole();
        });
        proofs.that("it tells of the " + refusals + " calls that were refused", () -> refused.get() == refusals);
    }
}
