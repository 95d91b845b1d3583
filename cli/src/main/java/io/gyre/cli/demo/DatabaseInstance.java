package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.demo.Cloud.Product;
import io.gyre.platform.PrivateFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An RDS instance with accounts, made through the RDS API. */
final class DatabaseInstance {
    /** RDS demands three of four classes of characters. */
    private static final String OF_EVERY_CLASS = "aA1_";

    private static final int RANDOM_BYTES = 12;

    private final Cloud cloud;
    private String id = "";

    DatabaseInstance(Cloud cloud) {
        this.cloud = cloud;
    }

    /** @return each account with its password, as the secret's value at creation takes them */
    Map<String, String> create(String description, List<String> accounts) {
        id = cloud.call(
                        Product.RDS,
                        "CreateDBInstance",
                        Map.of(
                                "RegionId", Cloud.REGION,
                                "Engine", "PostgreSQL",
                                "EngineVersion", "16.0",
                                "DBInstanceClass", "pg.n2.small.1",
                                "DBInstanceStorage", "20",
                                "DBInstanceNetType", "Intranet",
                                "SecurityIPList", "127.0.0.1",
                                "PayType", "Postpaid",
                                "DBInstanceDescription", description))
                .path("DBInstanceId")
                .asText();
        Cloud.await(
                "instance " + id,
                () -> attribute().path("DBInstanceStatus").asText().equals("Running"));
        Map<String, String> passwords = new HashMap<>();
        for (String account : accounts) {
            String password = OF_EVERY_CLASS + PrivateFile.randomText(RANDOM_BYTES);
            passwords.put(account, password);
            cloud.call(
                    Product.RDS,
                    "CreateAccount",
                    Map.of("DBInstanceId", id, "AccountName", account, "AccountPassword", password));
        }
        Cloud.await("the accounts of " + id, () -> available() == accounts.size());
        DatabaseLogin login = login();
        // That a password is refused later proves something only if it has worked before.
        passwords.forEach((account, password) ->
                Cloud.await("a login as " + account + " at " + id, () -> login.letsIn(account, password)));
        return passwords;
    }

    /** The value of a new secret for these accounts, the one in use first. */
    static String secretValue(List<String> accounts, Map<String, String> passwords) {
        return Kms.json(Map.of(
                "Accounts",
                accounts.stream()
                        .map(name ->
                                Map.of("AccountName", name, "AccountPassword", String.valueOf(passwords.get(name))))
                        .toList()));
    }

    String id() {
        return id;
    }

    DatabaseLogin login() {
        JsonNode attribute = attribute();
        return new DatabaseLogin(
                attribute.path("ConnectionString").asText(),
                attribute.path("Port").asInt());
    }

    private JsonNode attribute() {
        return cloud.call(Product.RDS, "DescribeDBInstanceAttribute", Map.of("DBInstanceId", id))
                .path("Items")
                .path("DBInstanceAttribute")
                .path(0);
    }

    private int available() {
        int available = 0;
        for (JsonNode account : cloud.call(Product.RDS, "DescribeAccounts", Map.of("DBInstanceId", id))
                .path("Accounts")
                .path("DBInstanceAccount")) {
            available += account.path("AccountStatus").asText().equals("Available") ? 1 : 0;
        }
        return available;
    }
}
