package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.ram20150501.models.AttachPolicyToRoleRequest;
import com.aliyun.ram20150501.models.CreateRoleRequest;
import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.ram.SystemPolicies;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.RotationConsent;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The FAQ's row "You are not authorized to do this action" when creating a RAM secret. */
@QuarkusTest
class RamSecretNeedsConsentTest {
    private static final String PATH = RotationConsent.OPERATION;
    private static final String SENTENCE = "You are not authorized to do this action";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    OperationsClient operations;

    @Inject
    RotationConsent consent;

    private CreateSecretRequest wanted = new CreateSecretRequest();
    private String before = "";

    @BeforeEach
    void theAccountHasNotConsented() throws Exception {
        wanted = secrets.ram();
        before = secrets.create(secrets.ram());
        consent.withdraw();
    }

    @AfterEach
    void itHasAgain() {
        consent.give();
    }

    @Test
    void creationIsRefusedWithALinkUntilTheRoleIsGrantedByTheRamApi() throws Exception {
        TeaException refusal =
                assertThrows(TeaException.class, () -> clients.current().createSecret(wanted));
        assertEquals(
                "403 Forbidden.RamRoleNotFound " + SENTENCE,
                refusal.getStatusCode() + " " + refusal.getCode() + " "
                        + refusal.getData().get("Message"));
        String link = String.valueOf(refusal.getData().get("AuthorizationUrl"));
        assertTrue(link.matches("http://.+/console/authorize/ram-rotation"), link);

        clients.ram()
                .createRole(new CreateRoleRequest()
                        .setRoleName(RotationRole.NAME)
                        .setAssumeRolePolicyDocument(Identities.trust("\"Service\":[\"kms.aliyuncs.com\"]")));
        Refusal.expect(403, "Forbidden.RamRoleNotFound", SENTENCE, () -> clients.current()
                .createSecret(wanted));
        clients.ram()
                .attachPolicyToRole(new AttachPolicyToRoleRequest()
                        .setPolicyType("System")
                        .setPolicyName(SystemPolicies.RAM_ROTATION)
                        .setRoleName(RotationRole.NAME));
        secrets.create(wanted);
    }

    @Test
    void oneOperationGrantsItAndTellsSo() throws Exception {
        JsonNode state = operations.get(PATH).json(200);
        assertFalse(state.path("granted").asBoolean());
        Refusal.expect(403, "Forbidden.RamRoleNotFound", () -> clients.current().createSecret(wanted));
        JsonNode granted = operations.post(PATH).json(200);
        assertTrue(granted.path("granted").asBoolean());
        assertEquals(
                Identities.roleArn(RotationRole.NAME), granted.path("roleArn").asText());
        assertEquals(granted, operations.post(PATH).json(200));
        secrets.create(wanted);
    }

    @Test
    void aRoleOfThatNameThatTrustsSomebodyElseIsNoConsent() throws Exception {
        clients.ram()
                .createRole(new CreateRoleRequest()
                        .setRoleName(RotationRole.NAME)
                        .setAssumeRolePolicyDocument(Identities.trust("\"RAM\":[\"" + Identities.root() + "\"]")));
        clients.ram()
                .attachPolicyToRole(new AttachPolicyToRoleRequest()
                        .setPolicyType("System")
                        .setPolicyName(SystemPolicies.RAM_ROTATION)
                        .setRoleName(RotationRole.NAME));
        Refusal.expect(403, "Forbidden.RamRoleNotFound", () -> clients.current().createSecret(wanted));
    }

    @Test
    void whatWasCreatedBeforeGoesOnBeingRotated() throws Exception {
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(before).setVersionId("v2"));
    }

    @Test
    void noOtherTypeNeedsIt() throws Exception {
        secrets.create(secrets.ecsPassword());
        secrets.create(secrets.generic());
    }
}
