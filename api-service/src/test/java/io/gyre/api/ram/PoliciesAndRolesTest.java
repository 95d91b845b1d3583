package io.gyre.api.ram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.models.AttachPolicyToRoleRequest;
import com.aliyun.ram20150501.models.AttachPolicyToUserRequest;
import com.aliyun.ram20150501.models.CreatePolicyRequest;
import com.aliyun.ram20150501.models.CreatePolicyVersionRequest;
import com.aliyun.ram20150501.models.CreateRoleRequest;
import com.aliyun.ram20150501.models.DeletePolicyRequest;
import com.aliyun.ram20150501.models.DeletePolicyVersionRequest;
import com.aliyun.ram20150501.models.DeleteRoleRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromRoleRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromUserRequest;
import com.aliyun.ram20150501.models.GetPolicyRequest;
import com.aliyun.ram20150501.models.GetPolicyVersionRequest;
import com.aliyun.ram20150501.models.GetRoleRequest;
import com.aliyun.ram20150501.models.ListEntitiesForPolicyRequest;
import com.aliyun.ram20150501.models.ListPoliciesForRoleRequest;
import com.aliyun.ram20150501.models.ListPoliciesRequest;
import com.aliyun.ram20150501.models.ListPolicyVersionsRequest;
import com.aliyun.ram20150501.models.ListRolesRequest;
import com.aliyun.ram20150501.models.SetDefaultPolicyVersionRequest;
import com.aliyun.ram20150501.models.UpdateRoleRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PoliciesAndRolesTest {
    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Test
    void aPolicyIsToldWithWhatItsDefaultVersionSays() throws Exception {
        String name = policy();
        var told = clients.ram()
                .getPolicy(new GetPolicyRequest().setPolicyName(name).setPolicyType("Custom"))
                .getBody();
        assertEquals("v1", told.getPolicy().getDefaultVersion());
        assertEquals("for a test", told.getPolicy().getDescription());
        assertEquals(
                allowing("kms:GetSecretValue"), told.getDefaultPolicyVersion().getPolicyDocument());
        var system = clients.ram()
                .getPolicy(new GetPolicyRequest()
                        .setPolicyName("AliyunKMSFullAccess")
                        .setPolicyType("System"))
                .getBody();
        assertTrue(system.getDefaultPolicyVersion().getPolicyDocument().contains("\"kms:*\""));
        Refusal.expect(404, "EntityNotExist.Policy", () -> clients.ram()
                .getPolicy(new GetPolicyRequest().setPolicyName(name).setPolicyType("System")));
    }

    @Test
    void aDocumentThatIsNoPolicyIsRefusedAndSoIsANameThatIsTaken() throws Exception {
        for (String document : List.of("{", "[]", "\"a\"", "{\"Version\":\"1\",\"Version\":\"1\"}")) {
            Refusal.expect(400, "MalformedPolicyDocument", () -> clients.ram()
                    .createPolicy(new CreatePolicyRequest().setPolicyName("bad").setPolicyDocument(document)));
        }
        String taken = policy();
        for (String name : List.of(taken, "AdministratorAccess")) {
            Refusal.expect(409, "EntityAlreadyExists.Policy", () -> clients.ram()
                    .createPolicy(new CreatePolicyRequest().setPolicyName(name).setPolicyDocument(allowing("kms:*"))));
        }
    }

    @Test
    void aPolicyHasAtMostFiveVersionsAndNoNumberIsGivenTwice() throws Exception {
        String name = policy();
        for (int i = 2; i <= 5; i++) {
            assertEquals("v" + i, version(name, null));
        }
        Refusal.expect(409, "LimitExceeded.Policy.Version", () -> version(name, null));
        assertEquals("v6", version(name, "DeleteOldestNonDefaultVersionWhenLimitExceeded"));
        assertEquals(List.of("v1", "v3", "v4", "v5", "v6"), versions(name));
        DeletePolicyVersionRequest delete =
                new DeletePolicyVersionRequest().setPolicyName(name).setVersionId("v6");
        clients.ram().deletePolicyVersion(delete);
        Refusal.expect(404, "EntityNotExist.Policy.Version", () -> clients.ram().deletePolicyVersion(delete));
        assertEquals("v7", version(name, null));
    }

    @Test
    void theDefaultVersionIsChosenAndIsNotDeleted() throws Exception {
        String name = policy();
        version(name, null);
        clients.ram()
                .setDefaultPolicyVersion(
                        new SetDefaultPolicyVersionRequest().setPolicyName(name).setVersionId("v2"));
        Refusal.expect(409, "DeleteConflict.PolicyVersion.Default", () -> clients.ram()
                .deletePolicyVersion(
                        new DeletePolicyVersionRequest().setPolicyName(name).setVersionId("v2")));
        var second = clients.ram()
                .getPolicyVersion(new GetPolicyVersionRequest()
                        .setPolicyName(name)
                        .setPolicyType("Custom")
                        .setVersionId("v2"))
                .getBody()
                .getPolicyVersion();
        assertTrue(second.getIsDefaultVersion());
        Refusal.expect(409, "DeleteConflict.Policy.Version", () -> clients.ram()
                .deletePolicy(new DeletePolicyRequest().setPolicyName(name)));
    }

    @Test
    void aPolicyThatSpeaksForSomebodyIsNotDeleted() throws Exception {
        String name = policy();
        String user = identities.user();
        String role = identities.role(Identities.root());
        clients.ram()
                .attachPolicyToUser(new AttachPolicyToUserRequest()
                        .setPolicyName(name)
                        .setPolicyType("Custom")
                        .setUserName(user));
        clients.ram()
                .attachPolicyToRole(new AttachPolicyToRoleRequest()
                        .setPolicyName(name)
                        .setPolicyType("Custom")
                        .setRoleName(role));
        var whom = clients.ram()
                .listEntitiesForPolicy(
                        new ListEntitiesForPolicyRequest().setPolicyName(name).setPolicyType("Custom"))
                .getBody();
        assertEquals(user, whom.getUsers().getUser().get(0).getUserName());
        assertEquals(role, whom.getRoles().getRole().get(0).getRoleName());
        DeletePolicyRequest delete = new DeletePolicyRequest().setPolicyName(name);
        Refusal refusal = Refusal.of(() -> clients.ram().deletePolicy(delete));
        assertTrue(refusal.code().matches("DeleteConflict.Policy.(User|Role)"), refusal.code());
        Refusal.expect(409, "DeleteConflict.Role.Policy", () -> clients.ram()
                .deleteRole(new DeleteRoleRequest().setRoleName(role)));
        clients.ram()
                .detachPolicyFromUser(new DetachPolicyFromUserRequest()
                        .setPolicyName(name)
                        .setPolicyType("Custom")
                        .setUserName(user));
        Refusal.expect(409, "DeleteConflict.Policy.Role", () -> clients.ram().deletePolicy(delete));
        clients.ram()
                .detachPolicyFromRole(new DetachPolicyFromRoleRequest()
                        .setPolicyName(name)
                        .setPolicyType("Custom")
                        .setRoleName(role));
        clients.ram().deletePolicy(delete);
        clients.ram().deleteRole(new DeleteRoleRequest().setRoleName(role));
        Refusal.expect(404, "EntityNotExist.Policy", () -> clients.ram()
                .attachPolicyToUser(new AttachPolicyToUserRequest()
                        .setPolicyName(name)
                        .setPolicyType("Custom")
                        .setUserName(user)));
    }

    @Test
    void theAccountsOwnPoliciesAreListedBeforeTheSystems() throws Exception {
        String name = policy();
        var own = clients.ram()
                .listPolicies(new ListPoliciesRequest().setMaxItems(1000))
                .getBody();
        List<String> names = own.getPolicies().getPolicy().stream()
                .map(policy -> policy.getPolicyName())
                .toList();
        assertTrue(names.indexOf(name) >= 0 && names.indexOf(name) < names.indexOf("AdministratorAccess"), "" + names);
        var first = clients.ram()
                .listPolicies(new ListPoliciesRequest().setPolicyType("System").setMaxItems(1))
                .getBody();
        var second = clients.ram()
                .listPolicies(new ListPoliciesRequest()
                        .setPolicyType("System")
                        .setMaxItems(1)
                        .setMarker(first.getMarker()))
                .getBody();
        assertEquals(
                List.of("AdministratorAccess", "AliyunKMSCryptoUserAccess"),
                List.of(
                        first.getPolicies().getPolicy().get(0).getPolicyName(),
                        second.getPolicies().getPolicy().get(0).getPolicyName()));
    }

    @Test
    void aRoleIsToldAsItWasMadeAndAsItWasChanged() throws Exception {
        String name = identities.name("role");
        String trust = Identities.trust("\"RAM\":[\"" + Identities.root() + "\"]");
        CreateRoleRequest create = new CreateRoleRequest()
                .setRoleName(name)
                .setDescription("lent")
                .setMaxSessionDuration(7200L)
                .setAssumeRolePolicyDocument(trust);
        clients.ram().createRole(create);
        Refusal.expect(409, "EntityAlreadyExists.Role", () -> clients.ram().createRole(create));
        clients.ram().updateRole(new UpdateRoleRequest().setRoleName(name).setNewDescription("lent to all"));
        var role = clients.ram()
                .getRole(new GetRoleRequest().setRoleName(name))
                .getBody()
                .getRole();
        assertEquals(
                List.of(Identities.roleArn(name), "lent to all", trust, 7200L),
                List.of(
                        role.getArn(),
                        role.getDescription(),
                        role.getAssumeRolePolicyDocument(),
                        role.getMaxSessionDuration()));
        assertTrue(
                clients
                        .ram()
                        .listRoles(new ListRolesRequest().setMaxItems(1000))
                        .getBody()
                        .getRoles()
                        .getRole()
                        .stream()
                        .anyMatch(listed -> listed.getRoleName().equals(name)));
        clients.ram()
                .attachPolicyToRole(new AttachPolicyToRoleRequest()
                        .setRoleName(name)
                        .setPolicyType("System")
                        .setPolicyName("AliyunKMSFullAccess"));
        assertEquals(
                "AliyunKMSFullAccess",
                clients.ram()
                        .listPoliciesForRole(new ListPoliciesForRoleRequest().setRoleName(name))
                        .getBody()
                        .getPolicies()
                        .getPolicy()
                        .get(0)
                        .getPolicyName());
    }

    @Test
    void aTrustPolicyNamesIdentitiesOrServicesAndNothingElse() {
        for (String trust : List.of(
                "{",
                "{\"Version\":\"2\",\"Statement\":[]}",
                Identities.trust(""),
                Identities.trust("\"RAM\":[]"),
                Identities.trust("\"RAM\":[\"*\"]"),
                Identities.trust("\"RAM\":[\"acs:ram::1:user/*\"]"),
                Identities.trust("\"Federated\":[\"acs:ram::1:saml-provider/a\"]"),
                Identities.trust("\"Service\":[\"kms.aliyuncs.com\"]").replace("sts:AssumeRole", "sts:*"))) {
            Refusal.expect(400, "MalformedPolicyDocument", () -> clients.ram()
                    .createRole(
                            new CreateRoleRequest().setRoleName("untrusting").setAssumeRolePolicyDocument(trust)));
        }
    }

    private String policy() throws Exception {
        String name = identities.name("policy");
        clients.ram()
                .createPolicy(new CreatePolicyRequest()
                        .setPolicyName(name)
                        .setDescription("for a test")
                        .setPolicyDocument(allowing("kms:GetSecretValue")));
        return name;
    }

    private String version(String name, String strategy) throws Exception {
        return clients.ram()
                .createPolicyVersion(new CreatePolicyVersionRequest()
                        .setPolicyName(name)
                        .setPolicyDocument(allowing("kms:DescribeSecret"))
                        .setRotateStrategy(strategy))
                .getBody()
                .getPolicyVersion()
                .getVersionId();
    }

    private List<String> versions(String name) throws Exception {
        return clients
                .ram()
                .listPolicyVersions(
                        new ListPolicyVersionsRequest().setPolicyName(name).setPolicyType("Custom"))
                .getBody()
                .getPolicyVersions()
                .getPolicyVersion()
                .stream()
                .map(version -> version.getVersionId())
                .toList();
    }

    private static String allowing(String action) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"" + action
                + "\"],\"Resource\":[\"*\"]}]}";
    }
}
