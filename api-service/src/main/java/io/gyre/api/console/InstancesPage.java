package io.gyre.api.console;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedInstances;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /console/instances}: the KMS instances, each with the date on which it loses something. */
@ApplicationScoped
class InstancesPage implements Page {
    static final String PATH = "instances";

    private static final Operation LIST = new Operation("ListInstances", PATH);

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ViewedInstances instances;
    private final ConsoleCalls calls;

    InstancesPage(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            ViewedInstances instances,
            ConsoleCalls calls) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.instances = instances;
        this.calls = calls;
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
        return calls.make(
                visit,
                visitor,
                LIST,
                () -> sessions.withStatelessSession(
                        session -> instances.all(session, visitor.accountId()).chain(all -> calendar.now(session)
                                .map(now -> all.stream()
                                        .map(each -> new InstanceLine(each, now.calendar()))
                                        .toList()))));
    }
}
