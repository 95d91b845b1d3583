package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** How pages ask once more before something is ordered, and then order it. */
@ApplicationScoped
class Confirmations {
    private final ConsoleCalls calls;

    Confirmations(ConsoleCalls calls) {
        this.calls = calls;
    }

    /** The page that asks. */
    interface Asking {
        /** @param refusal why it is not ordered; empty where it may be */
        Uni<Answer> page(int status, String refusal);
    }

    /** Whoever may not order it reads so before the button is pressed. */
    Uni<Answer> ask(Visit visit, Visitor visitor, Operation operation, Asking asking) {
        return calls.missing(visit, visitor, operation)
                .chain(missing -> asking.page(missing.isPresent() ? 403 : 200, missing.orElse("")));
    }

    /**
     * What is refused is told on the page that asked; of what is not there, there is no such page.
     *
     * @param then the address at which its effect is seen
     */
    <T> Uni<Answer> order(
            Visit visit, Visitor visitor, Operation operation, Supplier<Uni<T>> work, String then, Asking asking) {
        return calls.make(visit, visitor, operation, work)
                .map(given -> Answer.goTo(then))
                .onFailure(
                        failure -> failure instanceof RpcFault fault && fault.status() < 500 && fault.status() != 404)
                .recoverWithUni(failure -> asking.page(((RpcFault) failure).status(), ((RpcFault) failure).text()));
    }
}
