package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /console/access/policies}: the account's own policies of RAM by name, then those that come with Gyre. */
@ApplicationScoped
class PoliciesPage implements Page {
    static final String PATH = AccessPage.PATH + "/policies";

    private static final String ITEMS = "50";

    private final ConsoleActions actions;

    PoliciesPage(ConsoleActions actions) {
        this.actions = actions;
    }

    /** @param more the address of what follows; empty on the last page */
    record Found(List<PolicyName> policies, String more, boolean paged) {}

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String from = visit.query().text("from");
        Map<String, String> parameters = new HashMap<>(Map.of("MaxItems", ITEMS));
        if (!from.isEmpty()) {
            parameters.put("Marker", from);
        }
        return actions.ram(visit, visitor, "ListPolicies", parameters)
                .map(answer -> new Found(
                        AccessLists.of(answer, "Policies", "Policy").stream()
                                .map(PolicyName::of)
                                .toList(),
                        AccessLists.more(answer, PATH, "from"),
                        !from.isEmpty()))
                .map(found -> Answer.page(200, Templates.policies(Frame.of("Policies", visit, visitor), found)));
    }
}
