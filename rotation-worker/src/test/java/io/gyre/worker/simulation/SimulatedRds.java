package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** RDS instances and their accounts. A password is set some time after RDS was asked to. */
final class SimulatedRds implements SimulatedTarget {
    private final VirtualTime time;
    private final Supplier<Duration> takes;
    private final Map<String, Map<String, Login>> instances = new TreeMap<>();

    /** The instances by the ports at which their databases answer. */
    private final List<String> ports = new ArrayList<>();

    private final Map<String, Boolean> stopped = new TreeMap<>();

    /** @param takes how long the next change takes */
    SimulatedRds(VirtualTime time, Supplier<Duration> takes) {
        this.time = time;
        this.takes = takes;
    }

    private final class Login {
        private String password;
        private String next;
        private long settledAt;

        Login(String password) {
            this.password = password;
            this.next = password;
        }

        boolean isAtWork() {
            return time.nanos() < settledAt;
        }

        String password() {
            if (!isAtWork()) {
                password = next;
            }
            return password;
        }

        void set(String other) {
            password = password();
            next = other;
            settledAt = time.nanos() + takes.get().toNanos();
        }
    }

    void addInstance(String instance) {
        instances.put(instance, new TreeMap<>());
        ports.add(instance);
        stopped.put(instance, false);
    }

    void stop(String instance, boolean isStopped) {
        stopped.put(instance, isStopped);
    }

    void addAccount(String instance, String account, String password) {
        accounts(instance).put(account, new Login(password));
    }

    void removeAccount(String instance, String account) {
        accounts(instance).remove(account);
    }

    private Map<String, Login> accounts(String instance) {
        return instances.getOrDefault(instance, new TreeMap<>());
    }

    private @Nullable Login login(Account account) {
        return accounts(account.instanceId()).get(account.name());
    }

    @Override
    public boolean lets(SecretText credential) {
        StoredFields fields = StoredFields.of(credential);
        String name = fields.get("AccountName");
        return instances.values().stream()
                .map(accounts -> accounts.get(name))
                .anyMatch(login -> login != null && login.password().equals(fields.get("AccountPassword")));
    }

    private boolean lets(Server server, @Nullable SecretText credential) {
        StoredFields fields = StoredFields.of(credential);
        Login login = accounts(ports.get(server.port() - 1)).get(fields.get("AccountName"));
        return login != null && login.password().equals(fields.get("AccountPassword"));
    }

    @Override
    public Outcome perform(Effect effect, Map<Credential, SecretText> credentials) {
        if (effect instanceof RdsEffect.InspectAccount inspect) {
            return inspect(inspect.account());
        }
        if (effect instanceof RdsEffect.ResetPassword reset) {
            return reset(reset.account(), StoredFields.of(credentials.get(reset.which())));
        }
        if (effect instanceof RdsEffect.AwaitAccount await) {
            Login login = login(await.account());
            return login == null ? noAccount() : await(login);
        }
        if (effect instanceof RdsEffect.ReachDatabase reach) {
            return SimulatedTarget.reached(RdsRotation.LOGIN, lets(reach.server(), credentials.get(reach.which())));
        }
        if (effect instanceof RdsEffect.TryBoth both) {
            return SimulatedTarget.oneOfBoth(
                    lets(both.server(), credentials.get(Credential.CANDIDATE)),
                    lets(both.server(), credentials.get(Credential.FORMER)));
        }
        if (effect instanceof RdsEffect.ProveLogin prove) {
            return SimulatedTarget.proof(lets(prove.server(), credentials.get(prove.which())));
        }
        RdsEffect.ProveLoginRefused prove = (RdsEffect.ProveLoginRefused) effect;
        return SimulatedTarget.proofOfRefusal(lets(prove.server(), credentials.get(prove.which())));
    }

    private Outcome inspect(Account account) {
        if (!instances.containsKey(account.instanceId())) {
            return SimulatedTarget.askPerson("InvalidDBInstanceId.NotFound");
        }
        if (stopped.getOrDefault(account.instanceId(), false)) {
            return SimulatedTarget.askPerson("IncorrectDBInstanceState");
        }
        Login login = login(account);
        if (login == null) {
            return noAccount();
        }
        String port = Integer.toString(ports.indexOf(account.instanceId()) + 1);
        return login.isAtWork() ? await(login) : Done.with(Map.of(RdsRotation.HOST, "rds", RdsRotation.PORT, port));
    }

    private static Outcome noAccount() {
        return SimulatedTarget.askPerson("InvalidAccountName.NotFound");
    }

    private static Outcome await(Login login) {
        return login.isAtWork() ? new NotYet("RDS is at work on the account.") : Done.plain();
    }

    private Outcome reset(Account account, StoredFields value) {
        String password = value.get("AccountPassword");
        Login login = login(account);
        if (login == null) {
            return noAccount();
        }
        if (password.contains(Hidden.WEAK)) {
            return new Refused(Remedy.REPLACE, "InvalidAccountPassword.Format", "RDS does not take this password.");
        }
        if (login.isAtWork()) {
            return new Refused(Remedy.RETRY, "IncorrectAccountStatus", "RDS is at work on the account.");
        }
        login.set(password);
        return Done.plain();
    }
}
