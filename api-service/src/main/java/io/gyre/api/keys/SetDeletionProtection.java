package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Protects a key from ScheduleKeyDeletion, or ends that. The key is named by its ARN, and by nothing else. */
@ApplicationScoped
public class SetDeletionProtection implements RpcAction {
    private static final String PARAMETER = "ProtectedResourceArn";

    private final KeyChanges changes;

    SetDeletionProtection(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "SetDeletionProtection";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        boolean wanted = KeyRules.requiredFlag(request, "EnableDeletionProtection");
        String note = note(request);
        if (!request.required(PARAMETER).startsWith("acs:")) {
            throw KmsFaults.invalid(PARAMETER, "it must be the ARN of a key.");
        }
        return changes.change(request, PARAMETER, (key, now) -> {
            KeyRules.refusePendingDeletion(key);
            return key.protectedFromDeletion(wanted, wanted ? note : "");
        });
    }

    private static String note(RpcRequest request) {
        String given = request.text("DeletionProtectionDescription");
        String note = given == null ? "" : given;
        if (!note.isEmpty() && !PlainText.isName(note, KeyRules.DESCRIPTION_LIMIT)) {
            throw KmsFaults.invalid(
                    "DeletionProtectionDescription",
                    "it must have at most " + KeyRules.DESCRIPTION_LIMIT + " characters, and no control characters.");
        }
        return note;
    }
}
