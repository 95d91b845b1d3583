package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.ram.SystemPolicies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /console/access/policy?type=Custom&name=NAME}: what one policy says, statement by statement, and for whom it speaks. */
@ApplicationScoped
class OnePolicyPage implements Page {
    static final String PATH = AccessPage.PATH + "/policy";

    private final ConsoleActions actions;

    OnePolicyPage(ConsoleActions actions) {
        this.actions = actions;
    }

    /** A policy of the account has no name of one that comes with Gyre, so the name alone says of which type it is. */
    static String address(String name) {
        return PolicyName.address(SystemPolicies.find(name).isPresent() ? "System" : "Custom", name);
    }

    /** @param number counts from 1, as the answers of the tester do */
    record Statement(int number, String text) {}

    /** @param principal {@code user/NAME} or {@code role/NAME} */
    record Holder(String principal, String address) {}

    /** What the page shows. */
    record Found(PolicyName policy, String version, List<Statement> statements, Seen<List<Holder>> seen) {
        public List<Holder> holders() {
            return seen.or(refusal -> List.of());
        }

        public String refusal() {
            return seen.refusal();
        }
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        Map<String, String> named = Map.of(
                "PolicyName", visit.query().text("name"),
                "PolicyType", visit.query().text("type"));
        return actions.ram(visit, visitor, "GetPolicy", named)
                .chain(policy -> Seen.of(actions.ram(visit, visitor, "ListEntitiesForPolicy", named)
                                .map(OnePolicyPage::holders))
                        .map(holders -> new Found(
                                PolicyName.of(policy.path("Policy")),
                                policy.path("DefaultPolicyVersion")
                                        .path("VersionId")
                                        .asText(),
                                statements(policy.path("DefaultPolicyVersion")
                                        .path("PolicyDocument")
                                        .asText()),
                                holders)))
                .map(found -> Answer.page(
                        200, Templates.policy(Frame.of(found.policy().name(), visit, visitor), found)));
    }

    private static List<Statement> statements(String document) {
        List<Statement> statements = new ArrayList<>();
        for (JsonNode each : AccessLists.read(document).path("Statement")) {
            statements.add(new Statement(statements.size() + 1, AccessLists.pretty(each)));
        }
        return statements;
    }

    private static List<Holder> holders(JsonNode answer) {
        List<Holder> holders = new ArrayList<>();
        AccessLists.of(answer, "Users", "User")
                .forEach(user ->
                        holders.add(holder("user/" + user.path("UserName").asText())));
        AccessLists.of(answer, "Roles", "Role")
                .forEach(role ->
                        holders.add(holder("role/" + role.path("RoleName").asText())));
        return holders;
    }

    private static Holder holder(String principal) {
        return new Holder(principal, IdentityPage.address(principal));
    }
}
