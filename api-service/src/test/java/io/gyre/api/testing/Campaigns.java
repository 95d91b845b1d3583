package io.gyre.api.testing;

import static org.awaitility.Awaitility.await;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Campaigns over secrets of their own, by the operations API. */
@ApplicationScoped
public class Campaigns {
    public static final String PATH = "/operations/v1/campaigns";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger counter = new AtomicInteger();
    private final List<String> made = new ArrayList<>();
    private final Secrets secrets;
    private final OperationsClient operations;
    private final Rows rows;
    private final ObjectMapper json;

    Campaigns(Secrets secrets, OperationsClient operations, Rows rows, ObjectMapper json) {
        this.secrets = secrets;
        this.operations = operations;
        this.rows = rows;
        this.json = json;
    }

    /** Creates secrets whose names begin with one that nobody else has; @return that beginning */
    public String secrets(int count, Supplier<CreateSecretRequest> kind) throws Exception {
        String prefix = "campaign-" + counter.incrementAndGet() + "-";
        for (int n = 1; n <= count; n++) {
            secrets.create(kind.get().setSecretName(prefix + n));
        }
        return prefix;
    }

    /** The request for a campaign over those secrets, which watches for no time after its waves. */
    public ObjectNode over(String prefix) {
        ObjectNode wanted =
                json.createObjectNode().put("name", "All of " + prefix).put("soakSeconds", 0);
        wanted.putObject("selection").put("name", prefix + "*");
        return wanted;
    }

    /** Makes it; @return its id */
    public String create(ObjectNode wanted) {
        String id = operations
                .post(PATH, wanted.toString())
                .json(200)
                .path("campaignId")
                .asText();
        made.add(id);
        return id;
    }

    public JsonNode order(String id, String verb) {
        return operations.post(PATH + "/" + id + "/" + verb).json(200);
    }

    public JsonNode show(String id) {
        return operations.get(PATH + "/" + id).json(200);
    }

    public JsonNode awaitState(String id, String state) {
        await().atMost(PATIENCE).until(() -> show(id).path("state").asText().equals(state));
        return show(id);
    }

    /** The rotations that it has begun, in the order of its secrets, once they are so many. */
    public List<String> awaitRotations(String id, int count) {
        await().atMost(PATIENCE).until(() -> rotations(id).size() >= count);
        return rotations(id);
    }

    public List<String> rotations(String id) {
        return rows.texts(
                "SELECT CAST(rotation_id AS text) FROM campaign_secret"
                        + " WHERE campaign_id = CAST(? AS uuid) AND rotation_id IS NOT NULL ORDER BY place",
                id);
    }

    /** All rotations of the secrets whose names begin so, whoever began them. */
    public long rotationsOf(String prefix) {
        return rows.count(
                "SELECT count(*) FROM rotation JOIN secret s USING (secret_id) WHERE starts_with(s.name, ?)", prefix);
    }

    /** Stops those that still run, so that no scan changes rows behind the back of another test. */
    public void stopAll() {
        made.forEach(id -> operations.post(PATH + "/" + id + "/stop"));
        made.clear();
    }
}
