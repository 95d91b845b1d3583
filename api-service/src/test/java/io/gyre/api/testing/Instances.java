package io.gyre.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;

/** KMS instances for tests, as operators make them. */
@ApplicationScoped
public class Instances {
    private static final String PATH = "/operations/v1/instances";

    private final OperationsClient operations;
    private final Rows rows;

    Instances(OperationsClient operations, Rows rows) {
        this.operations = operations;
        this.rows = rows;
    }

    /** Another one each time, without an end; @return its id */
    public String create() {
        return create("{}");
    }

    /** @param wanted the request's body; @return the id */
    public String create(String wanted) {
        return operations.post(PATH, wanted).json(200).path("instanceId").asText();
    }

    /** As if it had ended so many days of the calendar ago. */
    public void expire(String instance, int daysAgo) {
        rows.change(
                "UPDATE kms_instance SET expires_at = calendar_now() - ? * interval '1 day' - interval '1 minute'"
                        + " WHERE instance_id = ?",
                daysAgo,
                instance);
    }

    public OperationsClient.Answer renew(String instance, int days) {
        return operations.post(PATH + "/" + instance + "/renew", "{\"days\":" + days + "}");
    }

    /** As the list shows it. */
    public JsonNode listed(String instance) {
        for (JsonNode each : operations.get(PATH).json(200).path("instances")) {
            if (each.path("instanceId").asText().equals(instance)) {
                return each;
            }
        }
        throw new AssertionError("The list has no " + instance);
    }
}
