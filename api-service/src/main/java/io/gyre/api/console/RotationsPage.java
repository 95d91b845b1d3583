package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.RotationDetail.Entry;
import io.gyre.api.operations.RotationPage;
import io.gyre.api.operations.ViewedRotations;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /console/rotations}: rotations with their lanes, the latest request first, by state and by name. */
@ApplicationScoped
class RotationsPage implements Page {
    static final String PATH = "rotations";

    static final Operation LIST = new Operation("ListRotations", PATH);

    private final ConsoleReads reads;
    private final ViewedRotations rotations;

    RotationsPage(ConsoleReads reads, ViewedRotations rotations) {
        this.reads = reads;
        this.rotations = rotations;
    }

    /** A page of rotations, and what happened in each. */
    private record Told(RotationPage page, Map<UUID, List<Entry>> timelines) {}

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        RotationsQuery query = RotationsQuery.of(visit.query());
        return reads.make(
                        visit,
                        visitor,
                        LIST,
                        session -> rotations
                                .page(session, visitor.accountId(), query.wanted())
                                .chain(page -> rotations
                                        .timelines(session, page.rotations())
                                        .map(timelines -> new Told(page, timelines))),
                        (told, now) -> RotationList.found(query, told.page(), told.timelines(), now))
                .map(list -> page(200, visit, visitor, list))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 400)
                .recoverWithItem(
                        failure -> page(400, visit, visitor, RotationList.refused(query, ((RpcFault) failure).text())));
    }

    private static Answer page(int status, Visit visit, Visitor visitor, RotationList list) {
        return Answer.page(status, Templates.rotations(Frame.of("Rotations", visit, visitor), list));
    }
}
