package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedInstances;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code /console/instances}: the KMS instances, each with the date on which it loses something. */
@ApplicationScoped
class InstancesPage implements Page {
    static final String PATH = "instances";

    private static final Operation LIST = new Operation("ListInstances", PATH);

    private final ConsoleReads reads;
    private final ViewedInstances instances;

    InstancesPage(ConsoleReads reads, ViewedInstances instances) {
        this.reads = reads;
        this.instances = instances;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return lines(visit, visitor)
                .map(lines -> Answer.page(200, Templates.instances(Frame.of("Instances", visit, visitor), lines)));
    }

    /** For whoever may list them. */
    Uni<List<InstanceLine>> lines(Visit visit, Visitor visitor) {
        return reads.make(
                visit, visitor, LIST, session -> instances.all(session, visitor.accountId()), (all, now) -> all.stream()
                        .map(each -> new InstanceLine(each, now))
                        .toList());
    }

    /** One of them; fails with NoSuchPage where there is none of that id. */
    Uni<InstanceLine> line(Visit visit, Visitor visitor, String id) {
        return lines(visit, visitor).map(lines -> lines.stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(ConsoleFaults::noSuchPage));
    }
}
