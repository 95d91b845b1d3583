package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No password and no secret of a key lies readable in a table. */
@QuarkusTest
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "prefix", value = "gyre.simulator.db"),
            @ResourceArg(name = "privileges", value = "superuser")
        })
class ConfidentialityTest {
    @Inject
    Cloud cloud;

    private JsonNode call(String version, String action, Map<String, String> parameters) {
        return cloud.call(cloud.account(), version, action, parameters);
    }

    private String dump() {
        return cloud.database.inTransaction(transaction -> {
            List<String> tables = transaction.list(
                    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'",
                    row -> row.getString(1));
            StringBuilder all = new StringBuilder();
            for (String table : tables) {
                transaction
                        .list("SELECT t::text FROM " + table + " t", row -> row.getString(1))
                        .forEach(all::append);
            }
            return all.toString();
        });
    }

    @Test
    void theTablesHoldNoPasswordAndNoSecret() {
        String databasePassword = "Rds-Confidential-1";
        String loginPassword = "Ecs-Confidential-1";
        call("2015-05-01", "CreateUser", Map.of("UserName", "confidential"));
        String secret = call("2015-05-01", "CreateAccessKey", Map.of("UserName", "confidential"))
                .at("/AccessKey/AccessKeySecret")
                .asText();
        String database = call("2014-08-15", "CreateDBInstance", Map.of("Engine", "PostgreSQL"))
                .path("DBInstanceId")
                .asText();
        Cloud.await(() -> call("2014-08-15", "DescribeDBInstances", Map.of("DBInstanceId", database))
                .at("/Items/DBInstance/0/DBInstanceStatus")
                .asText()
                .equals("Running"));
        call(
                "2014-08-15",
                "CreateAccount",
                Map.of("DBInstanceId", database, "AccountName", "app", "AccountPassword", databasePassword));
        String instance = call("2014-05-26", "RunInstances", Map.of("Password", loginPassword))
                .at("/InstanceIdSets/InstanceIdSet/0")
                .asText();

        String dump = dump();

        assertTrue(dump.contains(database) && dump.contains(instance), "the dump holds what was made");
        assertFalse(dump.contains(databasePassword));
        assertFalse(dump.contains(loginPassword));
        assertFalse(secret.isEmpty() || dump.contains(secret));
        assertFalse(dump.contains("secretoftheaccountofthetests"));
    }
}
