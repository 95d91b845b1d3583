package io.gyre.cli.demo;

import java.util.List;
import java.util.Map;

/** The only account of an RDS instance: its old password dies as the new one is set; the timeline tells the gap. */
final class RdsSingleStory implements Story {
    private static final String ACCOUNT = "reports";
    private static final String SECRET = "db/reports";

    private final Kms kms;
    private final DatabaseInstance instance;
    private Map<String, String> oldPasswords = Map.of();

    RdsSingleStory(Cloud cloud, Kms kms) {
        this.kms = kms;
        this.instance = new DatabaseInstance(cloud);
    }

    @Override
    public String title() {
        return "RDS instance with one account, " + ACCOUNT;
    }

    @Override
    public String setUp() {
        oldPasswords = instance.create("reports", List.of(ACCOUNT));
        return kms.createSecret(
                SECRET,
                "Rds",
                DatabaseInstance.secretValue(List.of(ACCOUNT), oldPasswords),
                Map.of("SecretSubType", "SingleUser", "DBInstanceId", instance.id()));
    }

    @Override
    public void rotate() {
        kms.rotate(SECRET, "v2");
    }

    @Override
    public void prove(Proofs proofs) {
        DatabaseLogin login = instance.login();
        proofs.that(
                "reports, which GetSecretValue gives, logs in with its new password",
                () -> login.letsIn(kms.current(SECRET)));
        proofs.that(
                "its old password is refused", () -> !login.letsIn(ACCOUNT, String.valueOf(oldPasswords.get(ACCOUNT))));
    }
}
