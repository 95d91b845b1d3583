package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.calendar.Moment;
import java.util.List;
import java.util.Optional;

/**
 * A user or role as its page shows it.
 *
 * @param principal {@code user/NAME} or {@code role/NAME}
 * @param keys of a user; nothing of a role, which has none
 * @param trust of a role, who may take it on, as JSON; empty for a user
 */
record IdentitySeen(
        String name,
        String principal,
        List<Fact> facts,
        Seen<List<Key>> keys,
        Seen<List<PolicyName>> policies,
        String trust) {

    /** One line of what is known. */
    record Fact(String name, String text) {}

    /**
     * An AccessKey.
     *
     * @param made on the calendar
     * @param used on the wall clock; empty where it never signed, or where that may not be known
     * @param refusal why that may not be known; empty where it may
     */
    record Key(String id, boolean active, RelativeTime made, Optional<RelativeTime> used, String refusal) {
        static Key of(JsonNode key, Seen<JsonNode> lastUsed, Moment now) {
            JsonNode used = lastUsed.found()
                    .map(answer -> answer.path("AccessKeyLastUsed"))
                    .filter(answer -> answer.has("LastUsedDate"))
                    .orElse(null);
            return new Key(
                    key.path("AccessKeyId").asText(),
                    key.path("Status").asText().equals("Active"),
                    RelativeTime.of(key, "CreateDate", now.calendar()),
                    Optional.ofNullable(used).map(found -> RelativeTime.of(found, "LastUsedDate", now.wall())),
                    lastUsed.refusal());
        }
    }

    static IdentitySeen user(
            JsonNode user, Seen<List<Key>> keys, Seen<List<PolicyName>> policies, String password, Moment now) {
        String name = user.path("UserName").asText();
        return new IdentitySeen(
                name,
                "user/" + name,
                List.of(
                        new Fact("Id", user.path("UserId").asText()),
                        new Fact("Called", user.path("DisplayName").asText()),
                        new Fact("Comments", user.path("Comments").asText()),
                        new Fact(
                                "Made",
                                RelativeTime.of(user, "CreateDate", now.calendar())
                                        .utc()),
                        new Fact("Password", password)),
                keys,
                policies,
                "");
    }

    static IdentitySeen role(JsonNode role, Seen<List<PolicyName>> policies, Moment now) {
        String name = role.path("RoleName").asText();
        return new IdentitySeen(
                name,
                "role/" + name,
                List.of(
                        new Fact("Id", role.path("RoleId").asText()),
                        new Fact("ARN", role.path("Arn").asText()),
                        new Fact("Description", role.path("Description").asText()),
                        new Fact(
                                "Made",
                                RelativeTime.of(role, "CreateDate", now.calendar())
                                        .utc()),
                        new Fact(
                                "Session",
                                "at most " + role.path("MaxSessionDuration").asText() + " s")),
                Seen.nothing(),
                policies,
                AccessLists.pretty(
                        AccessLists.read(role.path("AssumeRolePolicyDocument").asText())));
    }

    public List<Key> ownKeys() {
        return keys.or(refusal -> List.of());
    }

    public String keysRefusal() {
        return keys.refusal();
    }

    public List<PolicyName> attached() {
        return policies.or(refusal -> List.of());
    }

    public String attachedRefusal() {
        return policies.refusal();
    }

    public boolean isUser() {
        return trust.isEmpty();
    }

    public List<Fact> told() {
        return facts.stream().filter(fact -> !fact.text().isEmpty()).toList();
    }

    /** Where it can be asked what they may do. */
    public String trial() {
        return AccessTestPage.address(principal);
    }
}
