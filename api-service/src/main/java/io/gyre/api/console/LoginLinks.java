package io.gyre.api.console;

import io.gyre.api.ram.ConsoleAddress;
import io.gyre.api.ram.Principals;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Links by which whoever can sign logs in without a password. The token stands behind a {@code #}, which browsers send to
 * nobody: no server's or proxy's log has it.
 */
@ApplicationScoped
class LoginLinks {
    /** From the call to the browser, and no more. */
    static final Duration LIFE = Duration.ofSeconds(60);

    private final Mutiny.SessionFactory sessions;
    private final ConsoleStore store;
    private final ConsoleAddress address;

    LoginLinks(Mutiny.SessionFactory sessions, ConsoleStore store, ConsoleAddress address) {
        this.sessions = sessions;
        this.store = store;
        this.address = address;
    }

    /**
     * A link that logs in as whoever calls, once.
     *
     * @return fails with an {@link RpcFault} for a role's session, which has no key of its own, and for a key that was
     *     disabled just now
     */
    Uni<String> make(AccessKey caller) {
        if (Principals.roleOfSession(caller.principal()).isPresent()) {
            throw new RpcFault(
                    403,
                    "TemporaryCredentials",
                    "A role's session cannot log in to the console: sign with an AccessKey of a user, or of the account.");
        }
        ConsoleToken token = ConsoleToken.make();
        return sessions.withStatelessTransaction(session -> store.addLink(session, token, caller.id()))
                .map(added -> {
                    if (!added) {
                        throw GatewayFaults.inactiveAccessKey();
                    }
                    return address.of(LoginPage.PATH) + "#" + token.text().reveal();
                });
    }
}
