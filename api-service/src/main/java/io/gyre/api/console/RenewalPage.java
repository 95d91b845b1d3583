package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedInstances;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /console/instances/ID/renew}: asks for how long a KMS instance is to live on. */
@ApplicationScoped
class RenewalPage implements FormPage {
    /** As many as are offered. */
    private static final String A_YEAR = "365";

    private final InstancesPage instances;
    private final ViewedInstances renewals;
    private final ConsoleCalls calls;

    RenewalPage(InstancesPage instances, ViewedInstances renewals, ConsoleCalls calls) {
        this.instances = instances;
        this.renewals = renewals;
        this.calls = calls;
    }

    @Override
    public String path() {
        return InstancesPage.PATH + "/*/renew";
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.missing(visit, visitor, renew(visit))
                .chain(missing -> page(missing.isPresent() ? 403 : 200, visit, visitor, A_YEAR, missing.orElse("")));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        String days = form.text("days").trim();
        return calls.make(
                        visit,
                        visitor,
                        renew(visit),
                        () -> renewals.renew(visitor.asCaller(), visit.part(1), number(days)))
                .map(renewed -> Answer.goTo(ConsoleRoutes.ROOT + InstancesPage.PATH))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithUni(failure -> {
                    RpcFault fault = (RpcFault) failure;
                    return page(fault.status(), visit, visitor, days, fault.text());
                });
    }

    private static Operation renew(Visit visit) {
        String id = visit.part(1);
        return new Operation("RenewInstance", InstancesPage.PATH + "/" + id + "/renew", Map.of("id", id));
    }

    private Uni<Answer> page(int status, Visit visit, Visitor visitor, String days, String refusal) {
        return instances
                .line(visit, visitor, visit.part(1))
                .map(line -> Answer.page(
                        status,
                        Templates.renewal(Frame.of("Renew " + line.label(), visit, visitor), line, days, refusal)));
    }

    /** None for what is no number: then it is refused by its rule. */
    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
