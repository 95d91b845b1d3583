package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Two accounts of an RDS instance that take turns: the idle one is reset, and the former one works on. */
final class RdsPairStory implements Story {
    private static final List<String> ACCOUNTS = List.of("orders_a", "orders_b");

    private final Kms kms;
    private final DatabaseInstance instance;
    private Map<String, String> oldPasswords = Map.of();

    RdsPairStory(Cloud cloud, Kms kms) {
        this.kms = kms;
        this.instance = new DatabaseInstance(cloud);
    }

    @Override
    public String title() {
        return "RDS instance with two accounts, " + String.join(" and ", ACCOUNTS);
    }

    @Override
    public String setUp() {
        oldPasswords = instance.create("orders", ACCOUNTS);
        return kms.createSecret(
                "db/orders",
                "Rds",
                DatabaseInstance.secretValue(ACCOUNTS, oldPasswords),
                Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", instance.id()));
    }

    @Override
    public void rotate() {
        kms.rotate("db/orders", "v2");
    }

    @Override
    public void prove(Proofs proofs) {
        proofs.that(
                "orders_b, which GetSecretValue gives, logs in with its new password",
                () -> logsInAs("orders_b", kms.current("db/orders")));
        proofs.that(
                "orders_a, which it replaced, still logs in: it works until the next rotation",
                () -> logsInAs("orders_a", kms.previous("db/orders")));
        proofs.that("orders_b's old password is refused", () -> !instance.login()
                .letsIn("orders_b", String.valueOf(oldPasswords.get("orders_b"))));
    }

    private boolean logsInAs(String account, JsonNode credential) {
        return credential.path("AccountName").asText().equals(account)
                && instance.login().letsIn(credential);
    }
}
