package io.gyre.cli.demo;

import io.gyre.cli.demo.FleetSecret.Kind;
import io.gyre.platform.PrivateFile;
import io.gyre.rpc.RpcCredentials;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Many secrets of every kind, each with a target of its own in the simulated cloud. */
final class Fleet {
    /** ECS demands three of four classes of characters. */
    private static final String OF_EVERY_CLASS = "aA1_";

    private static final int RANDOM_BYTES = 12;

    private final Cloud cloud;
    private final Kms kms;
    private final PlatformDatabase cloudDatabase;

    Fleet(Cloud cloud, Kms kms, PlatformDatabase cloudDatabase) {
        this.cloud = cloud;
        this.kms = kms;
        this.cloudDatabase = cloudDatabase;
    }

    /**
     * Makes all of it through the cloud's APIs and the published KMS SDK, at once, since the targets take seconds; only the
     * ECS instances one after the other, since the simulator makes an RSA key for each.
     */
    List<FleetSecret> create() {
        kms.grantRamRotation();
        ExecutorService threads = Executors.newCachedThreadPool();
        ExecutorService ecs = Executors.newSingleThreadExecutor();
        List<CompletableFuture<FleetSecret>> made = new ArrayList<>();
        made.addAll(several(4, this::ram, threads));
        made.addAll(several(3, this::rdsPair, threads));
        made.addAll(several(2, this::rdsSingle, threads));
        made.addAll(several(3, this::ecsKey, ecs));
        made.addAll(several(2, this::ecsPassword, ecs));
        List<FleetSecret> fleet = made.stream().map(CompletableFuture::join).toList();
        threads.shutdown();
        ecs.shutdown();
        return fleet;
    }

    private static List<CompletableFuture<FleetSecret>> several(
            int count, IntFunction<FleetSecret> make, ExecutorService threads) {
        List<CompletableFuture<FleetSecret>> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            int number = i;
            all.add(CompletableFuture.supplyAsync(() -> make.apply(number), threads));
        }
        return all;
    }

    private FleetSecret ram(int number) {
        RamUser user = new RamUser(cloud, "service-" + number);
        RpcCredentials key = user.create();
        return new FleetSecret(
                user.createSecret(kms, key), Kind.RAM, value -> cloud.letsIn(RamUser.credentials(value)), user::keys);
    }

    private FleetSecret rdsPair(int number) {
        return rds(Kind.RDS_PAIR, "db/pair-" + number, "DoubleUsers", List.of("blue_" + number, "green_" + number));
    }

    private FleetSecret rdsSingle(int number) {
        return rds(Kind.RDS_SINGLE, "db/single-" + number, "SingleUser", List.of("only_" + number));
    }

    private FleetSecret rds(Kind kind, String name, String subType, List<String> accounts) {
        DatabaseInstance instance = new DatabaseInstance(cloud);
        Map<String, String> passwords = instance.create(name, accounts);
        DatabaseLogin login = instance.login();
        String secret = kms.createSecret(
                name,
                "Rds",
                DatabaseInstance.secretValue(accounts, passwords),
                Map.of("SecretSubType", subType, "DBInstanceId", instance.id()));
        return new FleetSecret(secret, kind, login::letsIn, Set::of);
    }

    private FleetSecret ecsKey(int number) {
        EcsInstance instance = new EcsInstance(cloud, "web-" + number);
        KeyPair key = SshKeys.create();
        String publicKey = instance.create(key);
        String secret = kms.createSecret(
                "acs/ecs/key-" + number,
                "ECS",
                Kms.json(Map.of("UserName", EcsInstance.USER, "PublicKey", publicKey, "PrivateKey", SshKeys.pem(key))),
                instance.extendedConfig("SSHKey"));
        return new FleetSecret(secret, Kind.ECS_KEY, instance.login()::letsIn, () -> authorizedKeys(instance));
    }

    /** ECS has no call that lists them: this is the instance's own {@code authorized_keys}. */
    private Set<String> authorizedKeys(EcsInstance instance) {
        return new TreeSet<>(cloudDatabase.rows(
                "SELECT public_key FROM ecs_authorized_key WHERE instance_id = ?",
                row -> row.getString(1),
                instance.id()));
    }

    private FleetSecret ecsPassword(int number) {
        EcsInstance instance = new EcsInstance(cloud, "batch-" + number);
        String password = OF_EVERY_CLASS + PrivateFile.randomText(RANDOM_BYTES);
        instance.create(password);
        String secret = kms.createSecret(
                "acs/ecs/password-" + number,
                "ECS",
                Kms.json(Map.of("UserName", EcsInstance.USER, "Password", password)),
                instance.extendedConfig("Password"));
        return new FleetSecret(secret, Kind.ECS_PASSWORD, instance.login()::letsIn, Set::of);
    }
}
