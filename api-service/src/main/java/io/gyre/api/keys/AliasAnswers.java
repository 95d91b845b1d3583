package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.store.KeyAlias;
import java.util.List;

/** Aliases as the API lists them. */
final class AliasAnswers {
    private AliasAnswers() {}

    static ObjectNode list(List<KeyAlias> aliases, Page page, long total, Installation installation) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "Aliases", "Alias");
        for (KeyAlias alias : aliases) {
            list.addObject()
                    .put("KeyId", alias.keyId())
                    .put("AliasName", alias.name())
                    .put("AliasArn", KeyName.resource(installation, alias.accountId(), alias.name()));
        }
        page.describe(answer, total);
        return answer;
    }
}
