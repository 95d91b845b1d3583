package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.demo.Cloud.Product;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A RAM user with one AccessKey, made through the RAM API. */
final class RamUser {
    private final Cloud cloud;
    private final String name;

    RamUser(Cloud cloud, String name) {
        this.cloud = cloud;
        this.name = name;
    }

    /** @return the AccessKey, which signs calls already */
    RpcCredentials create() {
        cloud.call(Product.RAM, "CreateUser", Map.of("UserName", name));
        RpcCredentials key = credentials(cloud.call(Product.RAM, "CreateAccessKey", Map.of("UserName", name))
                .path("AccessKey"));
        Cloud.await("RAM to know AccessKey " + key.accessKeyId(), () -> cloud.letsIn(key));
        return key;
    }

    /** Makes the secret of this user; @return its name, which Gyre chooses. */
    String createSecret(Kms kms, RpcCredentials key) {
        return kms.createSecret("$Auto", "RAMCredentials", secretValue(key), extendedConfig());
    }

    /** Asks for the same secret where the account has not consented; @return what it is refused with. */
    Optional<Kms.Refusal> refusedSecret(Kms kms, RpcCredentials key) {
        return kms.refusalOfRamSecret(secretValue(key), extendedConfig());
    }

    private static String secretValue(RpcCredentials key) {
        Map<String, String> known = Map.of(
                "AccessKeyId",
                key.accessKeyId(),
                "AccessKeySecret",
                key.accessKeySecret().reveal());
        return Kms.json(Map.of("AccessKeys", List.of(known)));
    }

    private Map<String, Object> extendedConfig() {
        return Map.of("SecretSubType", "RamUserAccessKey", "UserName", name);
    }

    /** The ids of the AccessKeys that RAM lists. */
    Set<String> keys() {
        Set<String> ids = new TreeSet<>();
        cloud.call(Product.RAM, "ListAccessKeys", Map.of("UserName", name))
                .path("AccessKeys")
                .path("AccessKey")
                .forEach(key -> ids.add(key.path("AccessKeyId").asText()));
        return ids;
    }

    /** @param value with AccessKeyId and AccessKeySecret, as RAM answers and as the secret holds it */
    static RpcCredentials credentials(JsonNode value) {
        return new RpcCredentials(
                value.path("AccessKeyId").asText(),
                SecretText.of(value.path("AccessKeySecret").asText()));
    }
}
