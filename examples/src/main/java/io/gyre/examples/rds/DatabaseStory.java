package io.gyre.examples.rds;

import io.gyre.examples.Cloud;
import io.gyre.examples.Kms;
import io.gyre.examples.Story;
import io.gyre.examples.Use;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An RDS instance with two accounts, which take turns. */
public final class DatabaseStory implements Story {
    private static final String SECRET = "example/orders";
    private static final int THREADS = 4;

    @Override
    public String told() {
        return "an RDS instance with two accounts, and the secret " + SECRET;
    }

    @Override
    public List<Use> setUp(Kms kms, Cloud cloud) {
        DatabaseInstance instance = kms.place(SECRET)
                .map(place ->
                        new DatabaseInstance(cloud, place.path("DBInstanceId").asText()))
                .orElseGet(() -> create(kms, cloud));
        return List.of(new Use(SECRET, Map.of(), "queries", "passwords", instance.queries(), THREADS, Duration.ZERO));
    }

    private static DatabaseInstance create(Kms kms, Cloud cloud) {
        DatabaseInstance instance = DatabaseInstance.create(cloud, SECRET);
        kms.create(
                SECRET,
                "Rds",
                instance.createAccounts("orders_a", "orders_b"),
                Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", instance.id()));
        return instance;
    }
}
