package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.simulation.Faults.Kind;
import io.gyre.worker.simulation.SimulatedDatabase.SecretRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A cloud account with something of each kind to rotate, and the secrets that hold its credentials. */
final class SimulatedAccount {
    private static final int MOST_SECRETS = 4;

    private final Dice dice;
    private final SimulatedDatabase database;
    private final Duration overlap;
    final SimulatedRam ram;
    final SimulatedRds rds;
    final SimulatedEcs ecs;
    final List<SimulatedSecret> secrets = new ArrayList<>();

    SimulatedAccount(Dice dice, VirtualTime time, Faults faults, SimulatedDatabase database, Duration overlap) {
        this.dice = dice;
        this.database = database;
        this.overlap = overlap;
        ram = new SimulatedRam(time, database.clocks::cloud, dice.upTo(Duration.ofSeconds(3)));
        rds = new SimulatedRds(time, () -> dice.upTo(Duration.ofSeconds(5)));
        ecs = new SimulatedEcs(time, () -> dice.upTo(Duration.ofSeconds(4)), () -> faults.strike(Kind.COMMAND_FAILS));
        int count = 1 + dice.below(MOST_SECRETS);
        for (int i = 1; i <= count; i++) {
            secrets.add(
                    switch (dice.below(6)) {
                        case 0, 1 -> ramUser("user" + i);
                        case 2 -> pairOfAccounts("rm-" + i);
                        case 3 -> oneAccount("rm-" + i);
                        case 4 -> sshKey("i-" + i);
                        default -> password("i-" + i);
                    });
        }
    }

    Map<String, SimulatedTarget> targets() {
        return new TreeMap<>(Map.of("ram", ram, "rds", rds, "ecs", ecs));
    }

    private SimulatedSecret ramUser(String user) {
        ram.addUser(user);
        SecretRow row = row(user);
        Minted current = ram.addKey(user);
        row.add("v-1", current.name(), current.value(), SimulatedDatabase.CURRENT, database.clocks.calendar());
        if (dice.happens(0.3)) {
            Minted older = ram.addKey(user);
            row.add("v-0", older.name(), older.value(), SimulatedDatabase.PREVIOUS, database.clocks.calendar());
        }
        String whenInUse = dice.oneOf(List.of("proceed", "extend", "wait"));
        return new SimulatedSecret(
                user,
                "ram",
                "RamUserAccessKey",
                Map.of("UserName", user, "CustomData.WhenFormerKeyInUse", whenInUse),
                "ram",
                overlap,
                true,
                ram,
                () -> ram.keyIds(user));
    }

    private SimulatedSecret pairOfAccounts(String instance) {
        rds.addInstance(instance);
        SecretRow row = row(instance);
        account(row, instance, instance + "_a", SimulatedDatabase.CURRENT);
        account(row, instance, instance + "_b", SimulatedDatabase.PREVIOUS);
        return database(instance, "DoubleUsers", true);
    }

    private SimulatedSecret oneAccount(String instance) {
        rds.addInstance(instance);
        account(row(instance), instance, instance + "_a", SimulatedDatabase.CURRENT);
        return database(instance, "SingleUser", false);
    }

    private void account(SecretRow row, String instance, String name, String stage) {
        String password = Hidden.MARK + "-first-" + name;
        rds.addAccount(instance, name, password);
        row.add("v-" + name, name, SimulatedMint.account(name, password), stage, database.clocks.calendar());
    }

    private SimulatedSecret database(String instance, String subType, boolean holdsTwo) {
        return new SimulatedSecret(
                instance,
                "rds",
                subType,
                Map.of("DBInstanceId", instance),
                instance,
                Duration.ZERO,
                holdsTwo,
                rds,
                Set::of);
    }

    private SimulatedSecret sshKey(String instance) {
        return login(instance, "SSHKey", SimulatedMint.key("root", Hidden.MARK + "-first-" + instance));
    }

    private SimulatedSecret password(String instance) {
        return login(instance, "Password", SimulatedMint.login("root", Hidden.MARK + "-first-" + instance));
    }

    private SimulatedSecret login(String instance, String subType, SecretText credential) {
        boolean isKey = subType.equals("SSHKey");
        ecs.addInstance(instance);
        ecs.authorize(instance, credential);
        row(instance).add("v-1", "root", credential, SimulatedDatabase.CURRENT, database.clocks.calendar());
        return new SimulatedSecret(
                instance,
                "ecs",
                subType,
                Map.of("RegionId", "cn-hangzhou", "InstanceId", instance),
                instance,
                Duration.ZERO,
                isKey,
                ecs,
                () -> isKey ? ecs.authorizedKeys(instance) : Set.of());
    }

    private SecretRow row(String name) {
        return database.newSecret(name);
    }
}
