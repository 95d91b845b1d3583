package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.store.ClientKey;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** How access points and what they are made of are told. */
final class PointAnswers {
    /** The one way in which programs log in. */
    static final String AUTHENTICATION = "ClientKey";

    /** The one kind of network rule. */
    static final String PRIVATE = "Private";

    private PointAnswers() {}

    /** A page of a list in its two wrappers. */
    static <T> ObjectNode page(
            String wrapper, String element, List<T> found, Function<T, ObjectNode> shape, Page page, long total) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, wrapper, element);
        found.forEach(each -> list.add(shape.apply(each)));
        page.describe(answer, total);
        return answer;
    }

    /** All of a client key but its private half. */
    static ObjectNode clientKey(ClientKey key) {
        return WireJson.answer()
                .put("ClientKeyId", key.clientKeyId())
                .put("AapName", key.accessPoint())
                .put("KeyAlgorithm", NewClientKey.ALGORITHM)
                .put("KeyOrigin", "KMS_PROVIDED")
                .put("PublicKeyData", Base64.getEncoder().encodeToString(key.publicKey()))
                .put("NotBefore", WireTime.text(key.notBefore()))
                .put("NotAfter", WireTime.text(key.notAfter()))
                .put("CreateTime", WireTime.text(key.createdAt()));
    }
}
