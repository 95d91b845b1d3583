package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A policy of RAM as lists name it.
 *
 * @param type {@code System} or {@code Custom}
 * @param attached to how many; -1 where the list does not say
 */
record PolicyName(String name, String type, String description, int attached) {
    static PolicyName of(JsonNode policy) {
        return new PolicyName(
                policy.path("PolicyName").asText(),
                policy.path("PolicyType").asText(),
                policy.path("Description").asText(),
                policy.path("AttachmentCount").asInt(-1));
    }

    public String address() {
        return address(type, name);
    }

    static String address(String type, String name) {
        return ConsoleRoutes.ROOT + OnePolicyPage.PATH + "?" + new Query(Map.of("type", type, "name", name)).text();
    }
}
