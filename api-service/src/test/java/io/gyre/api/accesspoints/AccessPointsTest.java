package io.gyre.api.accesspoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.CreateClientKeyRequest;
import com.aliyun.kms20160120.models.CreateNetworkRuleRequest;
import com.aliyun.kms20160120.models.CreatePolicyRequest;
import com.aliyun.kms20160120.models.DeleteApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.DeleteClientKeyRequest;
import com.aliyun.kms20160120.models.DeleteNetworkRuleRequest;
import com.aliyun.kms20160120.models.DeletePolicyRequest;
import com.aliyun.kms20160120.models.DescribeApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.DescribeNetworkRuleRequest;
import com.aliyun.kms20160120.models.DescribePolicyRequest;
import com.aliyun.kms20160120.models.GetClientKeyRequest;
import com.aliyun.kms20160120.models.ListApplicationAccessPointsRequest;
import com.aliyun.kms20160120.models.ListClientKeysRequest;
import com.aliyun.kms20160120.models.ListNetworkRulesRequest;
import com.aliyun.kms20160120.models.ListPoliciesRequest;
import com.aliyun.kms20160120.models.UpdateApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.UpdateNetworkRuleRequest;
import com.aliyun.kms20160120.models.UpdatePolicyRequest;
import io.gyre.api.testing.AccessPoints;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.GatewayClient;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What administrators make access points of, by the published SDK. */
@QuarkusTest
class AccessPointsTest {
    private static final String ARN = "acs:kms:cn-hangzhou:" + Identities.ACCOUNT + ":";

    @Inject
    Clients clients;

    @Inject
    AccessPoints points;

    @Inject
    Instances instances;

    @Inject
    Rows rows;

    @Test
    void aNetworkRuleIsToldAsItWasMadeAndAsItWasChanged() throws Exception {
        String name = points.name("office");
        var made = clients.current()
                .createNetworkRule(new CreateNetworkRuleRequest()
                        .setName(name)
                        .setType("Private")
                        .setSourcePrivateIp("[\"10.0.0.0/8\",\"2001:db8::1\"]")
                        .setDescription("the office"))
                .getBody();
        assertEquals(
                List.of(ARN + "network/" + name, name, "Private", "[\"10.0.0.0/8\",\"2001:db8::1\"]", "the office"),
                List.of(
                        made.getArn(),
                        made.getName(),
                        made.getType(),
                        made.getSourcePrivateIp(),
                        made.getDescription()));

        clients.current()
                .updateNetworkRule(new UpdateNetworkRuleRequest().setName(name).setSourcePrivateIp("[\"10.0.0.1\"]"));
        var told = clients.current()
                .describeNetworkRule(new DescribeNetworkRuleRequest().setName(name))
                .getBody();
        assertEquals(
                List.of(ARN + "network/" + name, "Private", "[\"10.0.0.1\"]", "the office"),
                List.of(told.getArn(), told.getType(), told.getSourcePrivateIp(), told.getDescription()));

        var list = clients.current()
                .listNetworkRules(new ListNetworkRulesRequest().setPageSize(100))
                .getBody();
        assertTrue(list.getNetworkRules().getNetworkRule().stream()
                .anyMatch(rule -> rule.getName().equals(name) && rule.getType().equals("Private")));
        assertTrue(list.getTotalCount() >= 1);
    }

    @Test
    void aPolicyIsToldAsItWasMadeAndAsItWasChanged() throws Exception {
        String instance = instances.create();
        String name = points.name("readers");
        String rule = points.networkRule("[\"10.0.0.0/8\"]");
        var made = clients.current()
                .createPolicy(new CreatePolicyRequest()
                        .setName(name)
                        .setKmsInstance(instance)
                        .setPermissions("[\"" + AccessPoints.SECRET_USER + "\"]")
                        .setResources("[\"secret/a/b\",\"key/*\"]")
                        .setAccessControlRules("{\"NetworkRules\":[\"" + rule + "\"]}")
                        .setDescription("reads"))
                .getBody();
        assertEquals(
                List.of(
                        ARN + "policy/" + name,
                        name,
                        instance,
                        "[\"" + AccessPoints.SECRET_USER + "\"]",
                        "[\"secret/a/b\",\"key/*\"]",
                        "{\"NetworkRules\":[\"" + rule + "\"]}",
                        "reads"),
                List.of(
                        made.getArn(),
                        made.getName(),
                        made.getKmsInstance(),
                        made.getPermissions(),
                        made.getResources(),
                        made.getAccessControlRules(),
                        made.getDescription()));

        clients.current()
                .updatePolicy(new UpdatePolicyRequest()
                        .setName(name)
                        .setPermissions("[\"" + AccessPoints.KEY_USER + "\"]")
                        .setAccessControlRules("{}"));
        var told = clients.current()
                .describePolicy(new DescribePolicyRequest().setName(name))
                .getBody();
        assertEquals(List.of(AccessPoints.KEY_USER), told.getPermissions());
        assertEquals(List.of("secret/a/b", "key/*"), told.getResources());
        assertEquals("{\"NetworkRules\":[]}", told.getAccessControlRules());
        assertEquals(
                List.of(ARN + "policy/" + name, name, instance, "reads"),
                List.of(told.getArn(), told.getName(), told.getKmsInstance(), told.getDescription()));
        clients.current().deleteNetworkRule(new DeleteNetworkRuleRequest().setName(rule));

        assertTrue(
                clients
                        .current()
                        .listPolicies(new ListPoliciesRequest().setPageSize(100))
                        .getBody()
                        .getPolicies()
                        .getPolicy()
                        .stream()
                        .anyMatch(policy -> policy.getName().equals(name)));
    }

    @Test
    void anAccessPointIsToldAsItWasMadeAndAsItWasChanged() throws Exception {
        String instance = instances.create();
        String one = points.policy(instance, "[\"secret/*\"]", null);
        String other = points.policy(instance, "[\"key/*\"]", null);
        String name = points.name("shop");
        var made = clients.current()
                .createApplicationAccessPoint(new CreateApplicationAccessPointRequest()
                        .setName(name)
                        .setAuthenticationMethod("ClientKey")
                        .setPolicies("[\"" + one + "\"]")
                        .setDescription("the shop"))
                .getBody();
        assertEquals(
                List.of(ARN + "applicationaccesspoint/" + name, name, "ClientKey", "[\"" + one + "\"]", "the shop"),
                List.of(
                        made.getArn(),
                        made.getName(),
                        made.getAuthenticationMethod(),
                        made.getPolicies(),
                        made.getDescription()));

        clients.current()
                .updateApplicationAccessPoint(new UpdateApplicationAccessPointRequest()
                        .setName(name)
                        .setPolicies("[\"" + other + "\",\"" + one + "\"]"));
        var told = clients.current()
                .describeApplicationAccessPoint(new DescribeApplicationAccessPointRequest().setName(name))
                .getBody();
        assertEquals(
                List.of(
                        ARN + "applicationaccesspoint/" + name,
                        name,
                        "ClientKey",
                        "[\"" + other + "\",\"" + one + "\"]",
                        "the shop"),
                List.of(
                        told.getArn(),
                        told.getName(),
                        told.getAuthenticationMethod(),
                        told.getPolicies(),
                        told.getDescription()));
        assertTrue(clients
                .current()
                .listApplicationAccessPoints(new ListApplicationAccessPointsRequest().setPageSize(100))
                .getBody()
                .getApplicationAccessPoints()
                .getApplicationAccessPoint()
                .stream()
                .anyMatch(point -> point.getName().equals(name)
                        && point.getAuthenticationMethod().equals("ClientKey")));
    }

    @Test
    void aClientKeyIsHandedOutOnceAndItsPrivateHalfIsKeptNowhere() throws Exception {
        String point = points.accessPoint(points.policy(instances.create(), "[\"secret/*\"]", null));
        var made = clients.current()
                .createClientKey(new CreateClientKeyRequest()
                        .setAapName(point)
                        .setPassword(AccessPoints.PASSWORD)
                        .setNotBefore("2026-01-01T00:00:00Z")
                        .setNotAfter("2036-01-01T00:00:00Z"))
                .getBody();
        assertEquals(
                List.of("RSA_2048", "2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z"),
                List.of(made.getKeyAlgorithm(), made.getNotBefore(), made.getNotAfter()));
        GatewayClient.Login login =
                GatewayClient.Login.of(made.getClientKeyId(), made.getPrivateKeyData(), AccessPoints.PASSWORD);

        var told = clients.current()
                .getClientKey(new GetClientKeyRequest().setClientKeyId(made.getClientKeyId()))
                .getBody();
        assertEquals(
                List.of(made.getClientKeyId(), point, "RSA_2048", "KMS_PROVIDED", "2026-01-01T00:00:00Z"),
                List.of(
                        told.getClientKeyId(),
                        told.getAapName(),
                        told.getKeyAlgorithm(),
                        told.getKeyOrigin(),
                        told.getNotBefore()));
        assertEquals(
                List.of(
                        "client_key_id",
                        "account_id",
                        "access_point",
                        "public_key",
                        "not_before",
                        "not_after",
                        "created_at"),
                rows.texts(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = ?"
                                + " ORDER BY ordinal_position",
                        "client_key"));
        var list = clients.current()
                .listClientKeys(new ListClientKeysRequest().setAapName(point))
                .getBody()
                .getClientKeys();
        assertEquals(1, list.size());
        assertEquals(told.getPublicKeyData(), list.get(0).getPublicKeyData());
        assertEquals("RSA", login.privateKey().getAlgorithm());
    }

    @Test
    void aClientKeyIsValidForFiveYearsUnlessItsMakerSaysOtherwise() throws Exception {
        String point = points.accessPoint(points.policy(instances.create(), "[\"secret/*\"]", null));
        var key = clients.current()
                .createClientKey(new CreateClientKeyRequest().setAapName(point).setPassword(AccessPoints.PASSWORD))
                .getBody();
        assertEquals(
                Instant.parse(key.getNotBefore())
                        .atOffset(ZoneOffset.UTC)
                        .plusYears(5)
                        .toInstant(),
                Instant.parse(key.getNotAfter()));
        for (String[] refused : new String[][] {
            {null, "2036-01-01T00:00:00Z"},
            {"2036-01-01T00:00:00Z", "2036-01-01T00:00:00Z"},
            {"2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"},
            {"tomorrow", "2036-01-01T00:00:00Z"},
            {"2026-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z"}
        }) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createClientKey(new CreateClientKeyRequest()
                            .setAapName(point)
                            .setPassword(AccessPoints.PASSWORD)
                            .setNotBefore(refused[0])
                            .setNotAfter(refused[1])));
        }
    }

    @Test
    void anAccessPointHasThreeClientKeysAtMost() throws Exception {
        String point = points.accessPoint(points.policy(instances.create(), "[\"secret/*\"]", null));
        String first = points.login(point).clientKeyId();
        points.login(point);
        points.login(point);
        Refusal.expect(400, "Rejected.LimitExceeded", () -> points.login(point));
        clients.current().deleteClientKey(new DeleteClientKeyRequest().setClientKeyId(first));
        points.login(point);
    }

    @Test
    void whatIsInUseIsNotDeletedAndTheRefusalSaysByWhat() throws Exception {
        String rule = points.networkRule("[\"10.0.0.1\"]");
        String policy = points.policy(instances.create(), "[\"secret/*\"]", rule);
        String point = points.accessPoint(policy);
        String key = points.login(point).clientKeyId();
        Refusal.expect(
                409,
                "Rejected.ResourceInUse",
                "The resource is in use: the policy " + policy
                        + " names this network rule: take it out there first, with UpdatePolicy.",
                () -> clients.current().deleteNetworkRule(new DeleteNetworkRuleRequest().setName(rule)));
        Refusal.expect(
                409,
                "Rejected.ResourceInUse",
                "The resource is in use: the application access point " + point
                        + " has this policy: take it away there first, with UpdateApplicationAccessPoint.",
                () -> clients.current().deletePolicy(new DeletePolicyRequest().setName(policy)));
        Refusal.expect(
                409,
                "Rejected.ResourceInUse",
                "The resource is in use: it has the client key " + key + ": end that first, with DeleteClientKey.",
                () -> clients.current()
                        .deleteApplicationAccessPoint(new DeleteApplicationAccessPointRequest().setName(point)));

        clients.current().deleteClientKey(new DeleteClientKeyRequest().setClientKeyId(key));
        clients.current().deleteApplicationAccessPoint(new DeleteApplicationAccessPointRequest().setName(point));
        clients.current().deletePolicy(new DeletePolicyRequest().setName(policy));
        clients.current().deleteNetworkRule(new DeleteNetworkRuleRequest().setName(rule));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .describeNetworkRule(new DescribeNetworkRuleRequest().setName(rule)));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .describePolicy(new DescribePolicyRequest().setName(policy)));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .describeApplicationAccessPoint(new DescribeApplicationAccessPointRequest().setName(point)));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .getClientKey(new GetClientKeyRequest().setClientKeyId(key)));
    }

    @Test
    void aNameIsGivenOnceAndWhatIsNamedMustBeThere() throws Exception {
        String instance = instances.create();
        String rule = points.networkRule("[\"10.0.0.1\"]");
        String policy = points.policy(instance, "[\"secret/*\"]", rule);
        String point = points.accessPoint(policy);
        Refusal.expect(409, "Rejected.ResourceExist", () -> clients.current()
                .createNetworkRule(new CreateNetworkRuleRequest().setName(rule).setSourcePrivateIp("[\"10.0.0.1\"]")));
        Refusal.expect(409, "Rejected.ResourceExist", () -> clients.current()
                .createPolicy(policy(instance).setName(policy)));
        Refusal.expect(409, "Rejected.ResourceExist", () -> clients.current()
                .createApplicationAccessPoint(
                        new CreateApplicationAccessPointRequest().setName(point).setPolicies("[\"" + policy + "\"]")));

        Refusal.expect(403, "Forbidden.DKMSInstanceNotFound", () -> clients.current()
                .createPolicy(policy("kst-gone").setName(points.name("p"))));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .createPolicy(policy(instance)
                        .setName(points.name("p"))
                        .setAccessControlRules("{\"NetworkRules\":[\"no-such-rule\"]}")));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .createApplicationAccessPoint(new CreateApplicationAccessPointRequest()
                        .setName(points.name("aap"))
                        .setPolicies("[\"no-such-policy\"]")));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> clients.current()
                .updateApplicationAccessPoint(
                        new UpdateApplicationAccessPointRequest().setName(point).setPolicies("[\"no-such-policy\"]")));
        assertEquals(
                "[\"" + policy + "\"]",
                clients.current()
                        .describeApplicationAccessPoint(new DescribeApplicationAccessPointRequest().setName(point))
                        .getBody()
                        .getPolicies());
    }

    @Test
    void malformedParametersAreRefused() throws Exception {
        String instance = instances.create();
        String point = points.accessPoint(points.policy(instance, "[\"secret/*\"]", null));
        for (String sources :
                List.of("[]", "10.0.0.1", "[\"10.0.0.0/33\"]", "[\"a\"]", "[\"10.0.0.1\",\"10.0.0.1\"]", "[1]")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createNetworkRule(new CreateNetworkRuleRequest()
                            .setName(points.name("r"))
                            .setSourcePrivateIp(sources)));
        }
        for (String name : List.of("a b", "a/b", "x".repeat(65), "é")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createNetworkRule(
                            new CreateNetworkRuleRequest().setName(name).setSourcePrivateIp("[\"10.0.0.1\"]")));
        }
        for (String permissions : List.of("[]", "[\"RbacPermission/Template/Administrator\"]", "{}")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createPolicy(policy(instance).setPermissions(permissions)));
        }
        for (String resources :
                List.of("[]", "[\"*\"]", "[\"secret/a*\"]", "[\"secret/?\"]", "[\"alias/a\"]", "[\"key/\"]")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createPolicy(policy(instance).setResources(resources)));
        }
        for (String rules : List.of("[]", "{\"Rules\":[]}", "{\"NetworkRules\":\"a\"}", "{\"NetworkRules\":[1]}")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createPolicy(policy(instance).setAccessControlRules(rules)));
        }
        for (String password : List.of("short-1", "onlyletters", "12345678", "white space 9", "x1".repeat(33))) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .createClientKey(
                            new CreateClientKeyRequest().setAapName(point).setPassword(password)));
        }
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .createApplicationAccessPoint(new CreateApplicationAccessPointRequest()
                        .setName(points.name("aap"))
                        .setAuthenticationMethod("Password")
                        .setPolicies("[\"a\"]")));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .createApplicationAccessPoint(new CreateApplicationAccessPointRequest()
                        .setName(points.name("aap"))
                        .setPolicies("[\"a\",\"b\",\"c\",\"d\"]")));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .getClientKey(new GetClientKeyRequest().setClientKeyId("LTAI1")));
    }

    private CreatePolicyRequest policy(String instance) {
        return new CreatePolicyRequest()
                .setName(points.name("policy"))
                .setKmsInstance(instance)
                .setPermissions("[\"" + AccessPoints.SECRET_USER + "\"]")
                .setResources("[\"secret/*\"]");
    }
}
