package io.gyre.examples.rds;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.examples.Cloud;
import io.gyre.examples.Cloud.Product;
import io.gyre.examples.Kms;
import io.gyre.platform.PrivateFile;
import io.gyre.secret.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An RDS instance of PostgreSQL at the simulated cloud. */
public record DatabaseInstance(Cloud cloud, String id) {
    /** RDS demands three of four classes of characters. */
    private static final String OF_EVERY_CLASS = "aA1_";

    private static final int RANDOM_BYTES = 12;

    /** @return one that runs, without accounts */
    public static DatabaseInstance create(Cloud cloud, String description) {
        String id = cloud.call(
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
        DatabaseInstance instance = new DatabaseInstance(cloud, id);
        Cloud.await(
                "instance " + id,
                () -> instance.attribute().path("DBInstanceStatus").asText().equals("Running"));
        return instance;
    }

    /** @return their names and passwords, as a secret is created with them */
    public SecretText createAccounts(String... names) {
        List<Map<String, String>> accounts = new ArrayList<>();
        for (String name : names) {
            String password = OF_EVERY_CLASS + PrivateFile.randomText(RANDOM_BYTES);
            cloud.call(
                    Product.RDS,
                    "CreateAccount",
                    Map.of("DBInstanceId", id, "AccountName", name, "AccountPassword", password));
            accounts.add(Map.of("AccountName", name, "AccountPassword", password));
        }
        Cloud.await("the accounts of " + id, () -> {
            List<String> states = cloud.call(Product.RDS, "DescribeAccounts", Map.of("DBInstanceId", id))
                    .path("Accounts")
                    .path("DBInstanceAccount")
                    .findValuesAsText("AccountStatus");
            return states.size() == names.length && states.stream().allMatch("Available"::equals);
        });
        return SecretText.of(Kms.json(Map.of("Accounts", accounts)));
    }

    Queries queries() {
        JsonNode attribute = attribute();
        return new Queries(
                attribute.path("ConnectionString").asText(),
                attribute.path("Port").asInt());
    }

    private JsonNode attribute() {
        return cloud.call(Product.RDS, "DescribeDBInstanceAttribute", Map.of("DBInstanceId", id))
                .path("Items")
                .path("DBInstanceAttribute")
                .path(0);
    }
}
