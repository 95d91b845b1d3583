package io.gyre.cli.doctor;

import io.gyre.cli.doctor.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All checks of an installation, in an order in which the first to fail is likely to explain the others. */
public final class Checkup {
    private Checkup() {}

    /** Makes every check, whatever the others find. */
    public static List<Finding> of(Installation installation) {
        List<Finding> findings = new ArrayList<>(found(new ServerChecks(installation).all()));
        Optional<Finding> inTheWay = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAIL && ServerChecks.NEEDED.contains(finding.check()))
                .findFirst();
        List<Check> asking = new ArrayList<>(new ProcessChecks(installation).all());
        asking.addAll(new RotationChecks(installation).all());
        asking.addAll(new AccountChecks(installation).all());
        findings.addAll(
                inTheWay.isEmpty()
                        ? found(asking)
                        : asking.stream()
                                .map(check -> Finding.skipped(
                                        check.name(),
                                        "Not looked at, since \""
                                                + inTheWay.get().check() + "\" failed."))
                                .toList());
        findings.addAll(found(new KafkaChecks(installation).all()));
        return findings;
    }

    private static List<Finding> found(List<Check> checks) {
        return checks.stream().map(Check::finding).toList();
    }
}
