package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedRotations;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /console/rotations/ID}: two credentials that change places, as a picture, with what is wrong and what can be done. */
@ApplicationScoped
class OneRotationPage implements LivePage {
    static final String PATH = RotationsPage.PATH + "/*";

    private final Mutiny.SessionFactory sessions;
    private final ViewedRotations rotations;
    private final ConsoleCalls calls;

    OneRotationPage(Mutiny.SessionFactory sessions, ViewedRotations rotations, ConsoleCalls calls) {
        this.sessions = sessions;
        this.rotations = rotations;
        this.calls = calls;
    }

    static String address(String id) {
        return ConsoleRoutes.ROOT + RotationsPage.PATH + "/" + id;
    }

    /** Of the rotation that the path names. */
    static Operation describe(Visit visit) {
        String id = visit.part(1);
        return new Operation("DescribeRotation", "rotations/" + id, Map.of("id", id));
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Watched watched(Visit visit, Visitor visitor) {
        return new Watched.OneRotation(ViewedRotations.id(visit.part(1)));
    }

    @Override
    public Operation operation(Visit visit) {
        return describe(visit);
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.make(visit, visitor, describe(visit), () -> view(visit, visitor))
                .map(view -> Answer.page(200, Templates.rotation(Frame.of(view.secret(), visit, visitor), view)));
    }

    @Override
    public Uni<TemplateInstance> part(Visit visit, Visitor visitor) {
        return view(visit, visitor).map(Templates::rotationPart);
    }

    private Uni<RotationView> view(Visit visit, Visitor visitor) {
        return sessions.withStatelessSession(session -> rotations.one(session, visitor.accountId(), visit.part(1)))
                .map(RotationView::new);
    }
}
