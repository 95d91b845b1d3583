package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Remedy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** ECS instances, their logins, and the agent in each that runs one command after the other. */
final class SimulatedEcs implements SimulatedTarget {
    private final VirtualTime time;
    private final Supplier<Duration> takes;
    private final BooleanSupplier fails;
    private final Map<String, Instance> instances = new TreeMap<>();
    private final Map<String, Command> commands = new TreeMap<>();

    /**
     * @param takes how long the next command takes
     * @param fails whether the next command fails at the instance, and changes nothing
     */
    SimulatedEcs(VirtualTime time, Supplier<Duration> takes, BooleanSupplier fails) {
        this.time = time;
        this.takes = takes;
        this.fails = fails;
    }

    private static final class Instance {
        final Map<String, Set<String>> authorizedKeys = new TreeMap<>();
        final Map<String, String> passwords = new TreeMap<>();
        boolean stopped;
        long agentBusyUntil;
    }

    private static final class Command {
        @Nullable
        Outcome result;
    }

    /** An instance whose only account is root, without a credential; its address is its id. */
    void addInstance(String id) {
        Instance instance = new Instance();
        instance.authorizedKeys.put("root", new TreeSet<>());
        instances.put(id, instance);
    }

    void stop(String id) {
        instance(id).stopped = true;
    }

    void authorize(String id, SecretText credential) {
        StoredFields fields = StoredFields.of(credential);
        if (fields.has("PublicKey")) {
            instance(id).authorizedKeys.get(fields.get("UserName")).add(fields.get("PublicKey"));
        } else {
            instance(id).passwords.put(fields.get("UserName"), fields.get("Password"));
        }
    }

    Set<String> authorizedKeys(String id) {
        return new TreeSet<>(instance(id).authorizedKeys.get("root"));
    }

    private Instance instance(String id) {
        Instance instance = instances.get(id);
        if (instance == null) {
            throw new IllegalArgumentException("There is no ECS instance " + id + ".");
        }
        return instance;
    }

    @Override
    public boolean lets(SecretText credential) {
        return instances.values().stream().anyMatch(instance -> lets(instance, credential));
    }

    private static boolean lets(@Nullable Instance instance, SecretText credential) {
        StoredFields fields = StoredFields.of(credential);
        String user = fields.get("UserName");
        if (instance == null) {
            return false;
        }
        return fields.has("PublicKey")
                ? instance.authorizedKeys.getOrDefault(user, Set.of()).contains(fields.get("PublicKey"))
                : fields.get("Password").equals(instance.passwords.get(user));
    }

    private boolean lets(SshServer server, Map<Credential, SecretText> credentials, Credential which) {
        return lets(instances.get(server.host()), credentials.get(which));
    }

    @Override
    public Outcome perform(Effect effect, Map<Credential, SecretText> credentials) {
        if (effect instanceof EcsEffect.InspectInstance inspect) {
            return inspect(inspect.instance().instanceId());
        }
        if (effect instanceof EcsEffect.AwaitCommand await) {
            Command command = commands.get(await.invokeId());
            return command == null || command.result == null ? new NotYet("The agent is at work.") : command.result;
        }
        if (effect instanceof EcsEffect.ReachSsh reach) {
            return SimulatedTarget.reached(EcsRotation.LOGIN, lets(reach.server(), credentials, reach.which()));
        }
        if (effect instanceof EcsEffect.TryBothSsh both) {
            return SimulatedTarget.oneOfBoth(
                    lets(both.server(), credentials, Credential.CANDIDATE),
                    lets(both.server(), credentials, Credential.FORMER));
        }
        if (effect instanceof EcsEffect.ProveSsh prove) {
            return SimulatedTarget.proof(lets(prove.server(), credentials, prove.which()));
        }
        if (effect instanceof EcsEffect.ProveSshRefused prove) {
            return SimulatedTarget.proofOfRefusal(lets(prove.server(), credentials, prove.which()));
        }
        return invoke(effect, credentials);
    }

    private Outcome inspect(String id) {
        Instance instance = instances.get(id);
        if (instance == null) {
            return SimulatedTarget.askPerson("InvalidInstanceId.NotFound");
        }
        return instance.stopped
                ? SimulatedTarget.askPerson("IncorrectInstanceStatus")
                : Done.with(Map.of(EcsRotation.HOST, id));
    }

    private Outcome invoke(Effect effect, Map<Credential, SecretText> credentials) {
        if (effect instanceof EcsEffect.AddKey add) {
            StoredFields key = StoredFields.of(credentials.get(add.which()));
            return invoke(add.instance(), key, instance -> instance.authorizedKeys
                    .get(key.get("UserName"))
                    .add(key.get("PublicKey")));
        }
        if (effect instanceof EcsEffect.RemoveKey remove) {
            StoredFields key = StoredFields.of(credentials.get(remove.which()));
            return invoke(remove.instance(), key, instance -> instance.authorizedKeys
                    .get(key.get("UserName"))
                    .remove(key.get("PublicKey")));
        }
        EcsEffect.SetPassword set = (EcsEffect.SetPassword) effect;
        StoredFields login = StoredFields.of(credentials.get(set.which()));
        return invoke(
                set.instance(),
                login,
                instance -> instance.passwords.put(login.get("UserName"), login.get("Password")));
    }

    private Outcome invoke(EcsEffect.Instance asked, StoredFields login, Consumer<Instance> change) {
        Instance instance = instances.get(asked.instanceId());
        if (instance == null) {
            return SimulatedTarget.askPerson("InvalidInstance.NotFound");
        }
        if (instance.stopped) {
            return SimulatedTarget.askPerson("IncorrectInstanceStatus");
        }
        Command command = new Command();
        String invokeId = "t-" + (commands.size() + 1);
        commands.put(invokeId, command);
        boolean failsThere = fails.getAsBoolean();
        instance.agentBusyUntil =
                Math.max(instance.agentBusyUntil, time.nanos()) + takes.get().toNanos();
        var unused = time.after(Duration.ofNanos(instance.agentBusyUntil - time.nanos()), () -> {
            if (!instance.authorizedKeys.containsKey(login.get("UserName"))) {
                command.result = SimulatedTarget.askPerson("AccountNotExists");
            } else if (failsThere) {
                command.result = new Refused(Remedy.RETRY, "ExecutionException", "The command failed.");
            } else {
                change.accept(instance);
                command.result = Done.plain();
            }
        });
        return Done.with(Map.of(EcsRotation.COMMAND, invokeId));
    }
}
