package io.gyre.api.console;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedOverview;
import io.gyre.api.operations.ViewedRotations;
import io.gyre.rpc.RpcFault;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /console/}: what is going on, in five numbers and by the lanes of what moves now; and who you are. */
@ApplicationScoped
class OverviewPage implements LivePage {
    private static final Operation LOOK = new Operation("GetOverview", "overview");

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ViewedOverview overview;
    private final ViewedRotations rotations;
    private final ConsoleCalls calls;

    OverviewPage(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            ViewedOverview overview,
            ViewedRotations rotations,
            ConsoleCalls calls) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.overview = overview;
        this.rotations = rotations;
        this.calls = calls;
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public Watched watched(Visit visit, Visitor visitor) {
        return new Watched.WholeAccount(visitor.accountId());
    }

    @Override
    public Operation operation(Visit visit) {
        return LOOK;
    }

    /** Who may not see the numbers still sees what else there is. */
    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.make(visit, visitor, LOOK, () -> seen(visitor))
                .map(part -> page(visit, visitor, Optional.of(part), ""))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 403)
                .recoverWithItem(failure -> page(visit, visitor, Optional.empty(), ((RpcFault) failure).text()));
    }

    @Override
    public Uni<TemplateInstance> part(Visit visit, Visitor visitor) {
        return seen(visitor).map(Templates::overviewPart);
    }

    private Uni<OverviewPart> seen(Visitor visitor) {
        return sessions.withStatelessSession(session -> overview.now(session, visitor.accountId())
                .chain(seen -> rotations.timelines(session, seen.moving()).chain(timelines -> calendar.now(session)
                        .map(now -> new OverviewPart(
                                seen,
                                RotationList.lines(seen.moving(), timelines, now.calendar()),
                                new RelativeTime(now.calendar(), now.calendar()))))));
    }

    private static Answer page(Visit visit, Visitor visitor, Optional<OverviewPart> part, String refusal) {
        return Answer.page(200, Templates.overview(Frame.of("Overview", visit, visitor), visitor, part, refusal));
    }
}
