package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.BackupDesk;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Map;

/** {@code /console/instances/ID/back-up}: asks for a passphrase, and answers the backup as a file that the browser keeps. */
@ApplicationScoped
class BackupPage implements FormPage {
    private final InstancesPage instances;
    private final BackupDesk backups;
    private final ConsoleCalls calls;

    BackupPage(InstancesPage instances, BackupDesk backups, ConsoleCalls calls) {
        this.instances = instances;
        this.backups = backups;
        this.calls = calls;
    }

    @Override
    public String path() {
        return InstancesPage.PATH + "/*/back-up";
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.missing(visit, visitor, backUp(visit))
                .chain(missing -> page(missing.isPresent() ? 403 : 200, visit, visitor, missing.orElse("")));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        String passphrase = form.text("passphrase");
        return Uni.createFrom()
                .deferred(() -> {
                    if (!passphrase.equals(form.text("again"))) {
                        throw ConsoleFaults.passphrasesDiffer();
                    }
                    return calls.make(
                            visit,
                            visitor,
                            backUp(visit),
                            () -> backups.backUp(visitor.asCaller(), visit.part(1), passphrase));
                })
                .map(taken -> Answer.download(
                        visit.part(1) + ".backup",
                        Buffer.buffer(Base64.getDecoder().decode(taken.base64()))))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithUni(failure -> {
                    RpcFault fault = (RpcFault) failure;
                    return page(fault.status(), visit, visitor, fault.text());
                });
    }

    private static Operation backUp(Visit visit) {
        String id = visit.part(1);
        return new Operation("BackUpInstance", InstancesPage.PATH + "/" + id + "/back-up", Map.of("id", id));
    }

    private Uni<Answer> page(int status, Visit visit, Visitor visitor, String refusal) {
        return instances
                .line(visit, visitor, visit.part(1))
                .map(line -> Answer.page(
                        status, Templates.backup(Frame.of("Back up " + line.label(), visit, visitor), line, refusal)));
    }
}
