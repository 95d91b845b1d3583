package io.gyre.api.console;

import io.gyre.api.access.Installation;
import io.gyre.api.audit.SigninLog;
import io.gyre.api.password.Passwords;
import io.gyre.api.ram.LoginProfiles;
import io.gyre.api.ram.LoginProfiles.Profile;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.UserStore;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.gyre.store.RamUser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Whether a password is that of a user. Nobody learns whether there is such a user, neither by the words nor by the time that it
 * takes; who tries too often has to wait.
 */
@ApplicationScoped
class PasswordLogin {
    /** No user has this id. */
    private static final String NOBODY = "";

    private final Mutiny.SessionFactory sessions;
    private final Installation installation;
    private final UserStore users;
    private final LoginProfiles profiles;
    private final Passwords passwords;
    private final Lockout lockout;
    private final SigninLog log;
    private final InstantSource clock;

    PasswordLogin(
            Mutiny.SessionFactory sessions,
            Installation installation,
            UserStore users,
            LoginProfiles profiles,
            Passwords passwords,
            Lockout lockout,
            SigninLog log,
            InstantSource clock) {
        this.sessions = sessions;
        this.installation = installation;
        this.users = users;
        this.profiles = profiles;
        this.passwords = passwords;
        this.lockout = lockout;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Whom a name stands for.
     *
     * @param user null where there is none of that name
     * @param profile null where the user has no password, too
     * @param counter whose tries are counted
     */
    record Claim(@Nullable RamUser user, @Nullable Profile profile, String counter) {
        SigninLog.Signin signin(Visit visit) {
            AccessKey who = user == null
                    ? null
                    : new AccessKey("", SecretText.of(""), true, user.accountId(), Principals.user(user.userName()));
            return new SigninLog.Signin(visit.requestId(), visit.sourceAddress(), visit.secure(), "password", who);
        }
    }

    /** A user whose password was right. */
    record Proven(RamUser user, Profile profile) {}

    /** @return fails with an {@link RpcFault} where it is wrong, or was not looked at; each try is told to the audit log */
    Uni<Proven> prove(Visit visit, String name, SecretText password) {
        String address = Lockout.address(visit.sourceAddress());
        return sessions.withStatelessSession(session -> claim(session, name)).chain(claim -> lockout.count(
                        claim.counter(), address)
                .chain(until ->
                        until.isPresent() ? refused(visit, claim, locked(until.get())) : look(visit, claim, password))
                .call(proven -> sessions.withStatelessTransaction(
                        session -> lockout.forgive(session, claim.counter(), address))));
    }

    /** As many questions to the database for a name that is nobody's. */
    private Uni<Claim> claim(Mutiny.StatelessSession session, String name) {
        return users.find(session, installation.account(), name)
                .chain(user -> profiles.find(session, user == null ? NOBODY : user.userId())
                        .map(profile -> new Claim(
                                user, profile, user == null ? Lockout.nobody(name) : Lockout.user(user.userId()))));
    }

    private Uni<Proven> look(Visit visit, Claim claim, SecretText password) {
        RamUser user = claim.user();
        Profile profile = claim.profile();
        return passwords
                .fits(password, profile == null ? null : profile.passwordHash())
                .chain(fits -> fits && user != null && profile != null
                        ? Uni.createFrom().item(new Proven(user, profile))
                        : refused(visit, claim, ConsoleFaults.wrongPassword()));
    }

    private RpcFault locked(Instant until) {
        long seconds = Math.max(0, Duration.between(clock.instant(), until).toSeconds()) + 1;
        return ConsoleFaults.locked(until.plusSeconds(1), seconds);
    }

    private Uni<Proven> refused(Visit visit, Claim claim, RpcFault fault) {
        return log.refused(claim.signin(visit), fault).onItem().transformToUni(told -> Uni.createFrom()
                .failure(fault));
    }
}
