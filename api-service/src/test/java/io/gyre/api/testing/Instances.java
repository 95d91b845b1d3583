package io.gyre.api.testing;

import io.gyre.api.access.Installation;
import io.gyre.envelope.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** KMS instances as they would be after their creation, which the API does not have yet. */
@ApplicationScoped
public class Instances {
    private final Rows rows;
    private final Envelope envelope;
    private final Installation installation;

    Instances(Rows rows, Envelope envelope, Installation installation) {
        this.rows = rows;
        this.envelope = envelope;
        this.installation = installation;
    }

    /** Another one each time; @return its id */
    public String create() {
        String id = "kst-" + UUID.randomUUID();
        rows.change(
                "INSERT INTO kms_instance (instance_id, account_id, wrapped_key, created_at)"
                        + " VALUES (?, ?, ?, calendar_now())",
                id,
                installation.account(),
                envelope.newInstanceKey(id));
        return id;
    }
}
