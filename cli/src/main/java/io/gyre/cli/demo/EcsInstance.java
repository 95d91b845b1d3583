package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.demo.Cloud.Product;
import io.gyre.platform.PlatformException;
import java.security.KeyPair;
import java.util.Map;
import java.util.TreeMap;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** An ECS instance whose account {@code root} logs in over SSH, made through the ECS API. */
final class EcsInstance {
    static final String USER = "root";

    private final Cloud cloud;
    private final String name;
    private String id = "";
    private SshLogin login = new SshLogin("", 0);

    /** @param name of the instance, and of its key pair where it has one */
    EcsInstance(Cloud cloud, String name) {
        this.cloud = cloud;
        this.name = name;
    }

    /** Makes it with a key that logs in; @return the public key, as one line of OpenSSH's. */
    String create(KeyPair key) {
        String publicKey = PublicKeyEntry.toString(key.getPublic());
        cloud.call(
                Product.ECS,
                "ImportKeyPair",
                Map.of("RegionId", Cloud.REGION, "KeyPairName", name, "PublicKeyBody", publicKey));
        run(Map.of("KeyPairName", name));
        // That a credential is refused later proves something only if it has worked before.
        Cloud.await("a login at instance " + id, () -> login.letsIn(USER, key));
        return publicKey;
    }

    /** Makes it with a password that logs in. */
    void create(String password) {
        run(Map.of("Password", password));
        Cloud.await("a login at instance " + id, () -> login.letsIn(USER, password));
    }

    private void run(Map<String, String> credential) {
        Map<String, String> parameters = new TreeMap<>(credential);
        parameters.put("RegionId", Cloud.REGION);
        parameters.put("ImageId", "aliyun_3_x64_20G_alibase.vhd");
        parameters.put("InstanceType", "ecs.g8i.large");
        parameters.put("InstanceName", name);
        id = cloud.call(Product.ECS, "RunInstances", parameters)
                .path("InstanceIdSets")
                .path("InstanceIdSet")
                .path(0)
                .asText();
        Cloud.await("instance " + id, () -> described().path("Status").asText().equals("Running"));
        login = new SshLogin(
                described().path("PublicIpAddress").path("IpAddress").path(0).asText(), sshPort());
    }

    String id() {
        return id;
    }

    SshLogin login() {
        return login;
    }

    /** What a secret for this instance is told. */
    Map<String, Object> extendedConfig(String subType) {
        return Map.of(
                "SecretSubType",
                subType,
                "RegionId",
                Cloud.REGION,
                "InstanceId",
                id,
                "CustomData",
                Map.of("SshPort", Integer.toString(login.port())));
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

    private int sshPort() {
        for (JsonNode tag : described().path("Tags").path("Tag")) {
            if (tag.path("TagKey").asText().equals("gyre:ssh-port")) {
                return tag.path("TagValue").asInt();
            }
        }
        throw new PlatformException("Instance " + id + " does not tell its SSH port.");
    }
}
