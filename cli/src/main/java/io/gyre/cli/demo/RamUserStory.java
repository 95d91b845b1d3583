package io.gyre.cli.demo;

import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;

/** A RAM user's AccessKey: both keys work for 48 hours of the calendar, then the former one is no more. */
final class RamUserStory implements Story {
    private static final String USER = "payments";

    /** The documentation's words. */
    private static final String NO_CONSENT = "You are not authorized to do this action";

    private final Cloud cloud;
    private final Kms kms;
    private final RamUser user;
    private RpcCredentials former = new RpcCredentials("", SecretText.of(""));
    private Kms.Refusal refusal = new Kms.Refusal("", "");
    private String secret = "";

    RamUserStory(Cloud cloud, Kms kms) {
        this.cloud = cloud;
        this.kms = kms;
        this.user = new RamUser(cloud, USER);
    }

    @Override
    public String title() {
        return "RAM user " + USER + " with an AccessKey";
    }

    @Override
    public String setUp() {
        former = user.create();
        refusal = user.refusedSecret(kms, former).orElse(new Kms.Refusal("(it was made)", "nowhere"));
        kms.grantRamRotation();
        secret = user.createSecret(kms, former);
        return secret;
    }

    @Override
    public void proveSetUp(Proofs proofs) {
        proofs.that(
                "before the account let Gyre replace its AccessKeys, the creation was refused: \"" + refusal.message()
                        + "\"; a RAM administrator consents at " + refusal.link(),
                () -> refusal.message().equals(NO_CONSENT)
                        && refusal.link().endsWith("/console/authorize/ram-rotation"));
    }

    @Override
    public void rotate() {
        kms.rotateWithin(secret, "v2", "48h");
    }

    @Override
    public String order() {
        return "RotateSecret with RotationWindow=48h (Gyre's own parameter, sent by the SDK's generic call)";
    }

    @Override
    public void duringPhase(String phase, Proofs proofs) {
        if (phase.equals("OVERLAP")) {
            proofs.that(
                    "in the overlap, the new AccessKey of " + USER + " signs a call", () -> cloud.letsIn(current()));
            proofs.that(
                    "in the overlap, the former AccessKey of " + USER + " signs a call, too",
                    () -> cloud.letsIn(former));
        }
    }

    @Override
    public void prove(Proofs proofs) {
        proofs.that(
                "the AccessKey of " + USER + " that GetSecretValue gives is another one",
                () -> !current().accessKeyId().equals(former.accessKeyId()));
        proofs.that("it signs a call", () -> cloud.letsIn(current()));
        proofs.that(
                "AccessKey " + former.accessKeyId() + ", which it replaced, is refused", () -> !cloud.letsIn(former));
    }

    private RpcCredentials current() {
        return RamUser.credentials(kms.current(secret));
    }
}
