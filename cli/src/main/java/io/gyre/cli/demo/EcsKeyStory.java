package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.demo.Cloud.Product;
import io.gyre.platform.PlatformException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The SSH key of an ECS instance's account: the new one works before the former one is removed. */
final class EcsKeyStory implements Story {
    private static final String SECRET = "acs/ecs/web-1";
    private static final String USER = "root";
    private static final int RSA_BITS = 2048;

    private final Cloud cloud;
    private final Kms kms;
    private final KeyPair former;
    private SshLogin login = new SshLogin("", 0);

    EcsKeyStory(Cloud cloud, Kms kms) {
        this.cloud = cloud;
        this.kms = kms;
        this.former = newKey();
    }

    @Override
    public String title() {
        return "ECS instance that " + USER + " logs in to with an SSH key";
    }

    @Override
    public String setUp() {
        String publicKey = PublicKeyEntry.toString(former.getPublic());
        cloud.call(
                Product.ECS,
                "ImportKeyPair",
                Map.of("RegionId", Cloud.REGION, "KeyPairName", "web", "PublicKeyBody", publicKey));
        String id = cloud.call(
                        Product.ECS,
                        "RunInstances",
                        Map.of(
                                "RegionId", Cloud.REGION,
                                "ImageId", "aliyun_3_x64_20G_alibase.vhd",
                                "InstanceType", "ecs.g8i.large",
                                "KeyPairName", "web"))
                .path("InstanceIdSets")
                .path("InstanceIdSet")
                .path(0)
                .asText();
        Cloud.await(
                "instance " + id, () -> described(id).path("Status").asText().equals("Running"));
        login = new SshLogin(
                described(id).path("PublicIpAddress").path("IpAddress").path(0).asText(), sshPort(id));
        // That the key is refused later proves something only if it has worked before.
        Cloud.await("a login at instance " + id, () -> login.letsIn(USER, former));
        return kms.createSecret(
                SECRET,
                "ECS",
                Kms.json(Map.of("UserName", USER, "PublicKey", publicKey, "PrivateKey", pem(former))),
                Map.of(
                        "SecretSubType",
                        "SSHKey",
                        "RegionId",
                        Cloud.REGION,
                        "InstanceId",
                        id,
                        "CustomData",
                        Map.of("SshPort", Integer.toString(login.port()))));
    }

    @Override
    public void rotate() {
        kms.rotate(SECRET, "v2");
    }

    @Override
    public void prove(Proofs proofs) {
        proofs.that("the SSH key that GetSecretValue gives logs in", () -> login.letsIn(USER, current()));
        proofs.that("the SSH key that it replaced is refused", () -> !login.letsIn(USER, former));
    }

    private JsonNode described(String id) {
        return cloud.call(
                        Product.ECS,
                        "DescribeInstances",
                        Map.of("RegionId", Cloud.REGION, "InstanceIds", "[\"" + id + "\"]"))
                .path("Instances")
                .path("Instance")
                .path(0);
    }

    private int sshPort(String id) {
        for (JsonNode tag : described(id).path("Tags").path("Tag")) {
            if (tag.path("TagKey").asText().equals("gyre:ssh-port")) {
                return tag.path("TagValue").asInt();
            }
        }
        throw new PlatformException("Instance " + id + " does not tell its SSH port.");
    }

    private KeyPair current() {
        String pem = kms.current(SECRET).path("PrivateKey").asText();
        try {
            return SecurityUtils.loadKeyPairIdentities(
                            null,
                            NamedResource.ofName(SECRET),
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)),
                            null)
                    .iterator()
                    .next();
        } catch (IOException | GeneralSecurityException e) {
            throw new PlatformException("Gyre answered a private key that cannot be read.");
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    private static String pem(KeyPair key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
