package io.gyre.api.console;

import io.gyre.api.audit.SigninLog;
import io.gyre.api.console.ConsoleStore.Owner;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * {@code /console/login}: who has a link logs in by it. The browser's script takes the token from behind the {@code #} into the
 * form; it is sent by a person, not by the page, so that nobody is logged in by a link that was merely opened.
 */
@ApplicationScoped
class LoginPage implements OpenPage {
    static final String PATH = "login";

    private final Mutiny.SessionFactory sessions;
    private final ConsoleStore store;
    private final SigninLog log;

    LoginPage(Mutiny.SessionFactory sessions, ConsoleStore store, SigninLog log) {
        this.sessions = sessions;
        this.store = store;
        this.log = log;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit) {
        return Uni.createFrom()
                .item(Answer.page(200, Templates.login(Frame.of("Log in", visit), ReturnPath.of(visit.wanted()))));
    }

    /** The session's token is a new one, whatever the browser showed before; what that stood for is over. */
    @Override
    public Uni<Answer> submit(Visit visit, Form form) {
        ConsoleToken token = ConsoleToken.make();
        return ConsoleToken.of(form.text("code").trim())
                .map(link -> sessions.withStatelessTransaction(session -> begun(session, visit, link, token)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .chain(owner -> owner.isPresent()
                        ? log.allowed(signin(visit, owner)).replaceWith(owner)
                        : refused(visit, ConsoleFaults.linkSpent()))
                .map(owner -> Answer.goTo(ReturnPath.of(form.text("to"))).with(SessionCookie.holding(token)));
    }

    private Uni<Optional<Owner>> begun(
            Mutiny.StatelessSession session, Visit visit, ConsoleToken link, ConsoleToken token) {
        return store.spendLink(session, link)
                .chain(key -> key == null
                        ? Uni.createFrom().item(Optional.empty())
                        : former(session, visit)
                                .chain(() -> store.begin(session, token, key))
                                .chain(() -> store.owner(session, token)));
    }

    private Uni<Void> former(Mutiny.StatelessSession session, Visit visit) {
        return visit.token().map(former -> store.end(session, former)).orElseGet(() -> Uni.createFrom()
                .voidItem());
    }

    private <T> Uni<T> refused(Visit visit, RpcFault fault) {
        return log.refused(signin(visit, Optional.empty()), fault).onItem().transformToUni(told -> Uni.createFrom()
                .failure(fault));
    }

    private static SigninLog.Signin signin(Visit visit, Optional<Owner> owner) {
        AccessKey who = owner.map(found -> new AccessKey(
                        found.accessKeyId(), SecretText.of(""), true, found.accountId(), found.principal()))
                .orElse(null);
        return new SigninLog.Signin(visit.requestId(), visit.sourceAddress(), visit.secure(), "link", who);
    }
}
