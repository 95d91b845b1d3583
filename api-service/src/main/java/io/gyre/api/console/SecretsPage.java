package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedSecrets;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * {@code /console/secrets}: the secrets of KMS instances, as the 3.0 console shows them, or those that were created without one,
 * as the old console does; each view says where the others are (FAQ, "Secrets created in KMS 1.0 are not visible").
 */
@ApplicationScoped
class SecretsPage implements Page {
    static final String PATH = "secrets";

    private static final Operation LIST = new Operation("ListSecretsOfView", PATH);

    private final ConsoleReads reads;
    private final ViewedSecrets secrets;

    SecretsPage(ConsoleReads reads, ViewedSecrets secrets) {
        this.reads = reads;
        this.secrets = secrets;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        SecretsQuery query = SecretsQuery.of(visit.query());
        return reads.make(
                        visit,
                        visitor,
                        LIST,
                        session -> secrets.page(session, visitor.accountId(), query.wanted()),
                        (page, now) -> SecretList.found(query, page, now))
                .map(list -> page(200, visit, visitor, list))
                .onFailure(SecretsPage::isAboutTheQuestion)
                .recoverWithItem(failure -> asked(visit, visitor, query, (RpcFault) failure));
    }

    /** Then it can be asked otherwise, by the same form. */
    private static boolean isAboutTheQuestion(Throwable failure) {
        return failure instanceof RpcFault fault && (fault.status() == 400 || fault.status() == 404);
    }

    private static Answer asked(Visit visit, Visitor visitor, SecretsQuery query, RpcFault fault) {
        return page(fault.status(), visit, visitor, SecretList.refused(query, fault.text()));
    }

    private static Answer page(int status, Visit visit, Visitor visitor, SecretList list) {
        return Answer.page(status, Templates.secrets(Frame.of("Secrets", visit, visitor), list));
    }
}
