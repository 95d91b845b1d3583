package io.gyre.api.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedAudit;
import io.gyre.audit.AuditLine;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /console/audit}: what was done lately, by whom, and what was refused. */
@ApplicationScoped
class AuditPage implements Page {
    private static final String PATH = "audit";

    private static final Operation LATEST = new Operation("ListLatestAuditLines", "audit/latest");

    private final Mutiny.SessionFactory sessions;
    private final ViewedAudit audit;
    private final ObjectMapper json;
    private final ConsoleCalls calls;

    AuditPage(Mutiny.SessionFactory sessions, ViewedAudit audit, ObjectMapper json, ConsoleCalls calls) {
        this.sessions = sessions;
        this.audit = audit;
        this.json = json;
        this.calls = calls;
    }

    /**
     * What came of a question.
     *
     * @param limit as it was given
     * @param rows the latest first
     * @param refusal why it cannot be asked for so; empty where it can
     */
    record Found(String limit, List<AuditRow> rows, String refusal) {}

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String limit = visit.query().text("limit");
        return calls.make(
                        visit,
                        visitor,
                        LATEST,
                        () -> sessions.withStatelessSession(session -> audit.latest(session, limit)))
                .map(lines -> new Found(limit, lines.stream().map(this::row).toList(), ""))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 400)
                .recoverWithItem(failure -> new Found(limit, List.of(), ((RpcFault) failure).text()))
                .map(found -> Answer.page(
                        found.refusal().isEmpty() ? 200 : 400,
                        Templates.audit(Frame.of("Audit", visit, visitor), found)));
    }

    private AuditRow row(AuditLine line) {
        try {
            return new AuditRow(json.readTree(line.event()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Line " + line.line() + " of the audit log is no JSON.", e);
        }
    }
}
