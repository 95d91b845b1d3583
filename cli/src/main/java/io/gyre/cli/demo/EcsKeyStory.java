package io.gyre.cli.demo;

import java.security.KeyPair;
import java.util.Map;

/** The SSH key of an ECS instance's account: the new one works before the former one is removed. */
final class EcsKeyStory implements Story {
    private static final String SECRET = "acs/ecs/web-1";

    private final Kms kms;
    private final EcsInstance instance;
    private final KeyPair former = SshKeys.create();

    EcsKeyStory(Cloud cloud, Kms kms) {
        this.kms = kms;
        this.instance = new EcsInstance(cloud, "web");
    }

    @Override
    public String title() {
        return "ECS instance that " + EcsInstance.USER + " logs in to with an SSH key";
    }

    @Override
    public String setUp() {
        String publicKey = instance.create(former);
        return kms.createSecret(
                SECRET,
                "ECS",
                Kms.json(Map.of(
                        "UserName", EcsInstance.USER, "PublicKey", publicKey, "PrivateKey", SshKeys.pem(former))),
                instance.extendedConfig("SSHKey"));
    }

    @Override
    public void rotate() {
        kms.rotate(SECRET, "v2");
    }

    @Override
    public void prove(Proofs proofs) {
        proofs.that("the SSH key that GetSecretValue gives logs in", () -> instance.login()
                .letsIn(kms.current(SECRET)));
        proofs.that("the SSH key that it replaced is refused", () -> !instance.login()
                .letsIn(EcsInstance.USER, former));
    }
}
