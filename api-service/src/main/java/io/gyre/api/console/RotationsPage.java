package io.gyre.api.console;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedRotations;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /console/rotations}: rotations with their lanes, the latest request first, by state and by name. */
@ApplicationScoped
class RotationsPage implements Page {
    static final String PATH = "rotations";

    static final Operation LIST = new Operation("ListRotations", PATH);

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ViewedRotations rotations;
    private final ConsoleCalls calls;

    RotationsPage(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            ViewedRotations rotations,
            ConsoleCalls calls) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.rotations = rotations;
        this.calls = calls;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        RotationsQuery query = RotationsQuery.of(visit.query());
        return calls.make(visit, visitor, LIST, () -> found(visitor.accountId(), query))
                .map(list -> page(200, visit, visitor, list))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 400)
                .recoverWithItem(
                        failure -> page(400, visit, visitor, RotationList.refused(query, ((RpcFault) failure).text())));
    }

    private Uni<RotationList> found(String account, RotationsQuery query) {
        return sessions.withStatelessSession(session -> rotations
                .page(session, account, query.wanted())
                .chain(page -> rotations.timelines(session, page.rotations()).chain(timelines -> calendar.now(session)
                        .map(now -> RotationList.found(query, page, timelines, now.calendar())))));
    }

    private static Answer page(int status, Visit visit, Visitor visitor, RotationList list) {
        return Answer.page(status, Templates.rotations(Frame.of("Rotations", visit, visitor), list));
    }
}
