package io.gyre.examples.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.examples.Cloud;
import io.gyre.examples.Cloud.Product;
import io.gyre.examples.Credential;
import io.gyre.examples.Kms;
import io.gyre.examples.Story;
import io.gyre.examples.Use;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.secret.SecretText;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** Two ECS instances: one that root logs in to with an SSH key, and one with a password. */
public final class InstanceStory implements Story {
    private static final String USER = "root";
    private static final String KEY_SECRET = "acs/ecs/example-key";
    private static final String PASSWORD_SECRET = "acs/ecs/example-password";

    /** A login agrees on keys, which is hard work for both sides on a small machine. */
    private static final int THREADS = 1;

    private static final int RSA_BITS = 2048;

    /** ECS demands three of four classes of characters. */
    private static final String OF_EVERY_CLASS = "aA1_";

    private static final int RANDOM_BYTES = 12;

    /** The gap ends at the latest when another worker goes on, once the lease of one that died (25 s) has ended. */
    private static final Duration REREADS = Duration.ofSeconds(30);

    @Override
    public String told() {
        return "an ECS instance with an SSH key and one with a password, and the secrets " + KEY_SECRET + " and "
                + PASSWORD_SECRET;
    }

    @Override
    public List<Use> setUp(Kms kms, Cloud cloud) {
        Logins byKey = new Instance(
                        cloud,
                        kms.place(KEY_SECRET).map(InstanceStory::instanceId).orElseGet(() -> withKey(kms, cloud)))
                .logins();
        Logins byPassword = new Instance(
                        cloud,
                        kms.place(PASSWORD_SECRET)
                                .map(InstanceStory::instanceId)
                                .orElseGet(() -> withPassword(kms, cloud)))
                .logins();
        return List.of(
                new Use(KEY_SECRET, Map.of(), "logins", "SSH keys", byKey, THREADS, REREADS),
                new Use(PASSWORD_SECRET, Map.of(), "logins", "passwords", byPassword, THREADS, REREADS));
    }

    private static String instanceId(JsonNode place) {
        return place.path("InstanceId").asText();
    }

    private static String withKey(Kms kms, Cloud cloud) {
        KeyPair pair = newPair();
        String publicKey = PublicKeyEntry.toString(pair.getPublic());
        cloud.call(
                Product.ECS,
                "ImportKeyPair",
                Map.of("RegionId", Cloud.REGION, "KeyPairName", "example-key", "PublicKeyBody", publicKey));
        return create(
                kms,
                Instance.run(cloud, Map.of("KeyPairName", "example-key")),
                KEY_SECRET,
                "SSHKey",
                Map.of("UserName", USER, "PublicKey", publicKey, "PrivateKey", pem(pair)));
    }

    private static String withPassword(Kms kms, Cloud cloud) {
        String password = OF_EVERY_CLASS + PrivateFile.randomText(RANDOM_BYTES);
        return create(
                kms,
                Instance.run(cloud, Map.of("Password", password)),
                PASSWORD_SECRET,
                "Password",
                Map.of("UserName", USER, "Password", password));
    }

    private static String create(Kms kms, Instance instance, String secret, String subType, Map<String, String> login) {
        SecretText value = SecretText.of(Kms.json(login));
        try (Logins logins = instance.logins()) {
            Cloud.awaitFirstUse("a login at instance " + instance.id(), logins, new Credential("v1", value));
        }
        kms.create(
                secret,
                "ECS",
                value,
                Map.of(
                        "SecretSubType",
                        subType,
                        "RegionId",
                        Cloud.REGION,
                        "InstanceId",
                        instance.id(),
                        "CustomData",
                        Map.of("SshPort", Integer.toString(instance.sshPort()))));
        return instance.id();
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    private static String pem(KeyPair pair) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }

    /** An instance that runs. */
    private record Instance(Cloud cloud, String id) {
        static Instance run(Cloud cloud, Map<String, String> credential) {
            Map<String, String> parameters = new HashMap<>(credential);
            parameters.put("RegionId", Cloud.REGION);
            parameters.put("ImageId", "aliyun_3_x64_20G_alibase.vhd");
            parameters.put("InstanceType", "ecs.g8i.large");
            parameters.put("InstanceName", "example");
            String id = cloud.call(Product.ECS, "RunInstances", parameters)
                    .path("InstanceIdSets")
                    .path("InstanceIdSet")
                    .path(0)
                    .asText();
            Instance instance = new Instance(cloud, id);
            Cloud.await(
                    "instance " + id,
                    () -> instance.described().path("Status").asText().equals("Running"));
            return instance;
        }

        Logins logins() {
            return new Logins(
                    described()
                            .path("PublicIpAddress")
                            .path("IpAddress")
                            .path(0)
                            .asText(),
                    sshPort());
        }

        private JsonNode described() {
            return cloud.call(
                            Product.ECS,
                            "DescribeInstances",
                            Map.of("RegionId", Cloud.REGION, "InstanceIds", "[\"" + id + "\"]"))
                    .path("Instances")
                    .path("Instance")
                    .path(0);
        }

        /** Every instance of the simulated cloud has the same address, and tells its port by a tag. */
        int sshPort() {
            for (JsonNode tag : described().path("Tags").path("Tag")) {
                if (tag.path("TagKey").asText().equals("gyre:ssh-port")) {
                    return tag.path("TagValue").asInt();
                }
            }
            throw new PlatformException("Instance " + id + " does not tell its SSH port.");
        }
    }
}
