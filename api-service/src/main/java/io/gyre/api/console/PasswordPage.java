package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.console.PasswordLogin.Proven;
import io.gyre.api.password.PasswordRule;
import io.gyre.api.password.Passwords;
import io.gyre.api.ram.LoginProfiles;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.UserStore;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /console/password}: who logged in by a password takes another one, and is logged out everywhere else. */
@ApplicationScoped
class PasswordPage implements FormPage {
    static final String PATH = "password";

    private static final Operation CHANGE = new Operation("ChangePassword", PATH);

    private final Mutiny.SessionFactory sessions;
    private final ConsoleStore store;
    private final PasswordLogin login;
    private final Passwords passwords;
    private final UserStore users;
    private final LoginProfiles profiles;
    private final ConsoleCalls calls;

    PasswordPage(
            Mutiny.SessionFactory sessions,
            ConsoleStore store,
            PasswordLogin login,
            Passwords passwords,
            UserStore users,
            LoginProfiles profiles,
            ConsoleCalls calls) {
        this.sessions = sessions;
        this.store = store;
        this.login = login;
        this.passwords = passwords;
        this.users = users;
        this.profiles = profiles;
        this.calls = calls;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean isOpenBeforeReset() {
        return true;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        if (!visitor.byPassword()) {
            throw ConsoleFaults.noPassword();
        }
        return Uni.createFrom().item(page(200, visit, visitor, ""));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        if (!visitor.byPassword()) {
            throw ConsoleFaults.noPassword();
        }
        ConsoleToken token = ConsoleToken.make();
        return Uni.createFrom()
                .deferred(() -> changed(visit, visitor, form, token))
                .replaceWith(() -> Answer.goTo(ConsoleRoutes.ROOT).with(SessionCookie.holding(token)))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithItem(failure -> again(visit, visitor, (RpcFault) failure));
    }

    private Uni<Void> changed(Visit visit, Visitor visitor, Form form, ConsoleToken token) {
        String user = Principals.userName(visitor.principal()).orElseThrow();
        SecretText fresh = SecretText.of(form.text("fresh"));
        if (!fresh.equals(SecretText.of(form.text("again")))) {
            throw ConsoleFaults.passwordsDiffer();
        }
        if (fresh.equals(SecretText.of(form.text("current")))) {
            throw ConsoleFaults.passwordNotTaken("it must be another one than the current one.");
        }
        PasswordRule.broken(fresh, user).ifPresent(rule -> {
            throw ConsoleFaults.passwordNotTaken(rule);
        });
        return login.prove(visit, user, SecretText.of(form.text("current"))).chain(proven -> passwords
                .hash(fresh)
                .chain(hash -> calls.make(visit, visitor, CHANGE, () -> replaced(proven, hash, token))));
    }

    /** Of two who do it at once, the second finds that the password has changed. */
    private Uni<Void> replaced(Proven proven, String hash, ConsoleToken token) {
        return sessions.withStatelessTransaction(session -> users.locked(
                        session, proven.user().accountId(), proven.user().userName())
                .chain(user -> profiles.find(session, user.userId())
                        .invoke(profile -> {
                            if (profile == null
                                    || !profile.passwordId()
                                            .equals(proven.profile().passwordId())) {
                                throw ConsoleFaults.wrongPassword();
                            }
                        })
                        .chain(() -> profiles.replace(session, user, proven.profile(), hash, false))
                        .chain(() -> profiles.find(session, user.userId()))
                        .onItem()
                        .ifNull()
                        .failWith(ConsoleFaults::wrongPassword)
                        .chain(profile -> store.begin(session, token, profile.passwordId()))));
    }

    private static Answer again(Visit visit, Visitor visitor, RpcFault fault) {
        return page(fault.status(), visit, visitor, fault.text()).with(fault.details());
    }

    private static Answer page(int status, Visit visit, Visitor visitor, String refusal) {
        return Answer.page(
                status, Templates.password(Frame.of("Password", visit, visitor), visitor.resetRequired(), refusal));
    }
}
