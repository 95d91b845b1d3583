package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsKeyVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of keys as the API names and tells them. */
final class KeyVersionAnswers {
    private static final String ID = "KeyVersionId";
    private static final int ID_LIMIT = 64;

    private KeyVersionAnswers() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static String requiredId(RpcRequest request) {
        String id = request.required(ID);
        if (!PlainText.isName(id, ID_LIMIT)) {
            throw KmsFaults.invalid(ID, "it must have 1 to " + ID_LIMIT + " characters, and no control characters.");
        }
        return id;
    }

    /**
     * None where none is given.
     *
     * @throws RpcFault InvalidParameter
     */
    static @Nullable String optionalId(RpcRequest request) {
        return request.optional(ID) == null ? null : requiredId(request);
    }

    static ObjectNode one(KmsKeyVersion version) {
        ObjectNode answer = WireJson.answer();
        describe(answer.putObject("KeyVersion"), version);
        return answer;
    }

    static ObjectNode list(List<KmsKeyVersion> versions, Page page, long total) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "KeyVersions", "KeyVersion");
        versions.forEach(version -> describe(list.addObject(), version));
        page.describe(answer, total);
        return answer;
    }

    private static void describe(ObjectNode entry, KmsKeyVersion version) {
        entry.put("KeyId", version.keyId())
                .put(ID, version.keyVersionId())
                .put("CreationDate", WireTime.text(version.createdAt()));
    }
}
