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
import org.jspecify.annotations.Nullable;

/**
 * {@code /console/login}: by a link or by a password. The browser's script takes a link's token from behind the {@code #} into the
 * form; it is sent by a person, not by the page, so that nobody is logged in by a link that was merely opened.
 */
@ApplicationScoped
class LoginPage implements OpenPage {
    static final String PATH = "login";

    private final Mutiny.SessionFactory sessions;
    private final ConsoleStore store;
    private final PasswordLogin passwords;
    private final SigninLog log;

    LoginPage(Mutiny.SessionFactory sessions, ConsoleStore store, PasswordLogin passwords, SigninLog log) {
        this.sessions = sessions;
        this.store = store;
        this.passwords = passwords;
        this.log = log;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit) {
        return Uni.createFrom().item(page(visit, 200, visit.query().text("to"), ""));
    }

    /** The session's token is a new one, whatever the browser showed before; what that stood for is over. */
    @Override
    public Uni<Answer> submit(Visit visit, Form form) {
        ConsoleToken token = ConsoleToken.make();
        Uni<Void> login = form.has("user") ? byPassword(visit, form, token) : byLink(visit, form, token);
        return login.replaceWith(
                        () -> Answer.goTo(ReturnPath.of(form.text("to"))).with(SessionCookie.holding(token)))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithItem(failure -> again(visit, form, (RpcFault) failure));
    }

    private Uni<Void> byPassword(Visit visit, Form form, ConsoleToken token) {
        return passwords
                .prove(visit, form.text("user").trim(), SecretText.of(form.text("password")))
                .chain(proven -> sessions.withStatelessTransaction(session -> former(session, visit)
                        .chain(() ->
                                store.begin(session, token, proven.profile().passwordId()))
                        .chain(() -> store.owner(session, token))))
                .chain(owner -> told(visit, "password", owner, ConsoleFaults.wrongPassword()));
    }

    private Uni<Void> byLink(Visit visit, Form form, ConsoleToken token) {
        return ConsoleToken.of(form.text("code").trim())
                .map(link -> sessions.withStatelessTransaction(session -> spent(session, visit, link, token)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .chain(owner -> told(visit, "link", owner, ConsoleFaults.linkSpent()));
    }

    private Uni<Optional<Owner>> spent(
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

    /** Fails where nobody was logged in, and where it cannot be told: then the token stays unknown to whoever asked. */
    private Uni<Void> told(Visit visit, String by, Optional<Owner> owner, RpcFault otherwise) {
        return owner.isPresent()
                ? log.allowed(signin(visit, by, key(owner.get())))
                : log.refused(signin(visit, by, null), otherwise).onItem().transformToUni(told -> Uni.createFrom()
                        .failure(otherwise));
    }

    private static SigninLog.Signin signin(Visit visit, String by, @Nullable AccessKey who) {
        return new SigninLog.Signin(visit.requestId(), visit.sourceAddress(), visit.secure(), by, who);
    }

    private static AccessKey key(Owner owner) {
        return new AccessKey(owner.accessKeyId(), SecretText.of(""), true, owner.accountId(), owner.principal());
    }

    /** The form once more, with what was wrong. */
    private static Answer again(Visit visit, Form form, RpcFault fault) {
        Answer page = page(visit, fault.status(), form.text("to"), fault.text());
        return page.with(fault.details());
    }

    private static Answer page(Visit visit, int status, String wanted, String refusal) {
        return Answer.page(status, Templates.login(Frame.of("Log in", visit), ReturnPath.of(wanted), refusal));
    }
}
