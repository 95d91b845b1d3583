package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.calendar.Moment;
import io.gyre.api.ram.Principals;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * {@code /console/access/identity?principal=user/NAME}, or {@code role/NAME}: whose keys there are and when they last signed, what
 * is attached, and who may take a role on.
 */
@ApplicationScoped
class IdentityPage implements Page {
    static final String PATH = AccessPage.PATH + "/identity";

    private final ConsoleReads reads;
    private final ConsoleActions actions;

    IdentityPage(ConsoleReads reads, ConsoleActions actions) {
        this.reads = reads;
        this.actions = actions;
    }

    static String address(String principal) {
        return ConsoleRoutes.ROOT + PATH + "?" + new Query(Map.of("principal", principal)).text();
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String principal = visit.query().text("principal");
        return reads.now()
                .chain(now -> Principals.userName(principal)
                        .map(name -> user(visit, visitor, name, now))
                        .or(() -> Principals.roleName(principal).map(name -> role(visit, visitor, name, now)))
                        .orElseThrow(ConsoleFaults::noSuchPage))
                .map(seen -> Answer.page(200, Templates.identity(Frame.of(seen.name(), visit, visitor), seen)));
    }

    private Uni<IdentitySeen> user(Visit visit, Visitor visitor, String name, Moment now) {
        Map<String, String> named = Map.of("UserName", name);
        return actions.ram(visit, visitor, "GetUser", named).chain(user -> Seen.of(keys(visit, visitor, name, now))
                .chain(keys -> policies(visit, visitor, "ListPoliciesForUser", named)
                        .chain(policies -> password(visit, visitor, named)
                                .map(password ->
                                        IdentitySeen.user(user.path("User"), keys, policies, password, now)))));
    }

    private Uni<IdentitySeen> role(Visit visit, Visitor visitor, String name, Moment now) {
        Map<String, String> named = Map.of("RoleName", name);
        return actions.ram(visit, visitor, "GetRole", named)
                .chain(role -> policies(visit, visitor, "ListPoliciesForRole", named)
                        .map(policies -> IdentitySeen.role(role.path("Role"), policies, now)));
    }

    private Uni<List<IdentitySeen.Key>> keys(Visit visit, Visitor visitor, String name, Moment now) {
        return actions.ram(visit, visitor, "ListAccessKeys", Map.of("UserName", name))
                .chain(answer -> Multi.createFrom()
                        .iterable(AccessLists.of(answer, "AccessKeys", "AccessKey"))
                        .onItem()
                        .transformToUniAndConcatenate(key -> Seen.of(actions.ram(
                                        visit,
                                        visitor,
                                        "GetAccessKeyLastUsed",
                                        Map.of(
                                                "UserName",
                                                name,
                                                "UserAccessKeyId",
                                                key.path("AccessKeyId").asText())))
                                .map(used -> IdentitySeen.Key.of(key, used, now)))
                        .collect()
                        .asList());
    }

    private Uni<Seen<List<PolicyName>>> policies(
            Visit visit, Visitor visitor, String action, Map<String, String> named) {
        return Seen.of(actions.ram(visit, visitor, action, named)
                .map(answer -> AccessLists.of(answer, "Policies", "Policy").stream()
                        .map(PolicyName::of)
                        .toList()));
    }

    /** Whether the user can log in to the console by one; of whom it is unknown, nothing. */
    private Uni<String> password(Visit visit, Visitor visitor, Map<String, String> named) {
        return actions.ram(visit, visitor, "GetLoginProfile", named)
                .map(IdentityPage::password)
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 404)
                .recoverWithItem("none: the user logs in by ./gyre console")
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithItem(failure -> ((RpcFault) failure).text());
    }

    private static String password(JsonNode answer) {
        return answer.path("LoginProfile").path("PasswordResetRequired").asBoolean()
                ? "set; another one is to be chosen at the next login"
                : "set";
    }
}
