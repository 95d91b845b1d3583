package io.gyre.api.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.models.DeleteRoleRequest;
import com.aliyun.ram20150501.models.UpdateRoleRequest;
import com.aliyun.sts20150401.models.AssumeRoleRequest;
import io.gyre.api.access.SessionTokens;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SessionsTest {
    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    SessionTokens tokens;

    @Inject
    Rows rows;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionSignsAsItsRole(boolean oldSignature) throws Exception {
        String role = identities.role(Identities.root());
        var identity = clients.sts(identities.session(role), oldSignature)
                .getCallerIdentity()
                .getBody();
        assertEquals("AssumedRoleUser", identity.getIdentityType());
        assertEquals("acs:ram::" + Identities.ACCOUNT + ":assumed-role/" + role + "/a-session", identity.getArn());
        assertEquals(identity.getRoleId() + ":a-session", identity.getPrincipalId());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbsentTokenIsRefused(boolean oldSignature) throws Exception {
        Clients.AccessKey session = identities.session(identities.role(Identities.root()));
        refused("MissingSecurityToken", session.id(), session.secret(), null, oldSignature);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTamperedTokenIsRefusedAlsoWhileTheRightOneIsInUse(boolean oldSignature) throws Exception {
        Clients.AccessKey session = identities.session(identities.role(Identities.root()));
        clients.sts(session, oldSignature).getCallerIdentity();
        String token = String.valueOf(session.securityToken());
        char other = token.charAt(40) == 'A' ? 'B' : 'A';
        String tampered = token.substring(0, 40) + other + token.substring(41);
        refused("InvalidSecurityToken.Malformed", session.id(), session.secret(), tampered, oldSignature);
        refused("InvalidSecurityToken.Malformed", session.id(), session.secret(), "no token at all", oldSignature);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTokenOfAnotherKeyIsRefused(boolean oldSignature) throws Exception {
        String role = identities.role(Identities.root());
        Clients.AccessKey one = identities.session(role);
        Clients.AccessKey other = identities.session(role);
        String mismatch = "InvalidSecurityToken.MismatchWithAccessKey";
        refused(mismatch, one.id(), one.secret(), other.securityToken(), oldSignature);
        Clients.AccessKey user = identities.keyOf(identities.user());
        refused(mismatch, user.id(), user.secret(), one.securityToken(), oldSignature);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExpiredTokenIsRefused(boolean oldSignature) throws Exception {
        String role = identities.role(Identities.root());
        String roleId = rows.text("SELECT role_id FROM ram_role WHERE role_name = ?", role);
        SessionTokens.Session over = new SessionTokens.Session(
                Identities.ACCOUNT,
                role,
                roleId,
                "a-session",
                null,
                Instant.now().minusSeconds(1),
                "STS.over" + oldSignature,
                SecretText.of("a-secret"));
        refused("InvalidSecurityToken.Expired", over.accessKeyId(), "a-secret", tokens.seal(over), oldSignature);
    }

    @Test
    void aTokenWithTheWrongSecretIsRefused() throws Exception {
        Clients.AccessKey session = identities.session(identities.role(Identities.root()));
        refused("SignatureDoesNotMatch", session.id(), "another", session.securityToken(), false);
    }

    @Test
    void aSessionEndsWithItsRoleAndIsNotTakenOverByAnotherOfItsName() throws Exception {
        String role = identities.role(Identities.root());
        Clients.AccessKey session = identities.session(role);
        clients.sts(session, false).getCallerIdentity();
        clients.ram().deleteRole(new DeleteRoleRequest().setRoleName(role));
        Refusal.expect(403, "InvalidAccessKeyId.Inactive", clients.sts(session, false)::getCallerIdentity);
        String again = identities.role(Identities.root());
        Clients.AccessKey former = identities.session(again);
        clients.ram().deleteRole(new DeleteRoleRequest().setRoleName(again));
        identities.createRole(again, Identities.root());
        Refusal.expect(403, "InvalidAccessKeyId.Inactive", clients.sts(former, false)::getCallerIdentity);
    }

    @Test
    void nothingOfASessionIsStored() throws Exception {
        String role = identities.role(Identities.root());
        String before = rows.everythingKept();
        Clients.AccessKey session = identities.session(role);
        clients.sts(session, false).getCallerIdentity();
        assertEquals(before, rows.everythingKept());
        String everything = rows.everything();
        assertFalse(everything.contains(session.secret()));
        assertFalse(everything.contains(session.securityToken()));
    }

    @Test
    void aRoleIsLentToWhomItTrustsAlone() throws Exception {
        String untrusting = identities.role("acs:ram::" + Identities.ACCOUNT + ":user/somebody");
        Refusal.expect(403, "NoPermission", () -> identities.session(untrusting));
        clients.ram()
                .updateRole(new UpdateRoleRequest()
                        .setRoleName(untrusting)
                        .setNewAssumeRolePolicyDocument(Identities.trust("\"Service\":[\"kms.aliyuncs.com\"]")));
        Refusal.expect(403, "NoPermission", () -> identities.session(untrusting));
        clients.ram()
                .updateRole(new UpdateRoleRequest()
                        .setRoleName(untrusting)
                        .setNewAssumeRolePolicyDocument(Identities.trust("\"RAM\":\"" + Identities.root() + "\"")));
        identities.session(untrusting);
    }

    @Test
    void aSessionLastsAsLongAsItsRoleLetsItAndNoShorterThanAQuarterOfAnHour() throws Exception {
        String role = identities.role(Identities.root());
        String expires = clients.sts()
                .assumeRole(asked(role).setDurationSeconds(900L))
                .getBody()
                .getCredentials()
                .getExpiration();
        long seconds = Instant.parse(expires).getEpochSecond() - Instant.now().getEpochSecond();
        assertTrue(seconds > 600 && seconds <= 900, expires);
        Refusal.expect(400, "InvalidParameter", () -> clients.sts()
                .assumeRole(asked(role).setDurationSeconds(899L)));
        Refusal.expect(400, "InvalidParameter.DurationSeconds", () -> clients.sts()
                .assumeRole(asked(role).setDurationSeconds(3601L)));
        clients.ram().updateRole(new UpdateRoleRequest().setRoleName(role).setNewMaxSessionDuration(7200L));
        clients.sts().assumeRole(asked(role).setDurationSeconds(7200L));
    }

    @Test
    void whatIsMalformedIsToldByItsName() throws Exception {
        String role = identities.role(Identities.root());
        Refusal.expect(400, "InvalidParameter.RoleArn", () -> clients.sts()
                .assumeRole(asked(role).setRoleArn(role)));
        Refusal.expect(404, "EntityNotExist.Role", () -> clients.sts().assumeRole(asked(role + "x")));
        for (String name : List.of("a", "a b", "a/b", "x".repeat(65))) {
            Refusal.expect(400, "InvalidParameter.RoleSessionName", () -> clients.sts()
                    .assumeRole(asked(role).setRoleSessionName(name)));
        }
        Refusal.expect(400, "MalformedPolicyDocument", () -> clients.sts()
                .assumeRole(asked(role).setPolicy("{")));
        Refusal.expect(400, "InvalidParameter.PolicySize", () -> clients.sts()
                .assumeRole(asked(role).setPolicy(" ".repeat(2049))));
    }

    private static AssumeRoleRequest asked(String role) {
        return new AssumeRoleRequest().setRoleArn(Identities.roleArn(role)).setRoleSessionName("a-session");
    }

    private void refused(String code, String id, String secret, String token, boolean oldSignature) {
        Clients.AccessKey key = new Clients.AccessKey(id, secret, token);
        Refusal.expect(400, code, clients.sts(key, oldSignature)::getCallerIdentity);
    }
}
