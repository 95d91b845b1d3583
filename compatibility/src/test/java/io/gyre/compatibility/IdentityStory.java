package io.gyre.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.ram20150501.Client;
import com.aliyun.ram20150501.models.AttachPolicyToRoleRequest;
import com.aliyun.ram20150501.models.AttachPolicyToUserRequest;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.CreateLoginProfileRequest;
import com.aliyun.ram20150501.models.CreatePolicyRequest;
import com.aliyun.ram20150501.models.CreatePolicyVersionRequest;
import com.aliyun.ram20150501.models.CreateRoleRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.aliyun.ram20150501.models.DeleteLoginProfileRequest;
import com.aliyun.ram20150501.models.DeletePolicyRequest;
import com.aliyun.ram20150501.models.DeletePolicyVersionRequest;
import com.aliyun.ram20150501.models.DeleteRoleRequest;
import com.aliyun.ram20150501.models.DeleteUserRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromRoleRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromUserRequest;
import com.aliyun.ram20150501.models.GetLoginProfileRequest;
import com.aliyun.ram20150501.models.ListEntitiesForPolicyRequest;
import com.aliyun.ram20150501.models.SetDefaultPolicyVersionRequest;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import com.aliyun.ram20150501.models.UpdateLoginProfileRequest;
import com.aliyun.sts20150401.models.AssumeRoleRequest;
import com.aliyun.sts20150401.models.AssumeRoleResponseBody.AssumeRoleResponseBodyCredentials;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.profile.DefaultProfile;
import java.util.concurrent.Callable;

/**
 * com.aliyun:ram20150501 and com.aliyun:sts20150401 with the administrator's key: a user, its key, a policy, a role, a
 * session; then KMS's own SDKs with what the session was given.
 */
final class IdentityStory {
    private static final String CUSTOM = "Custom";
    private static final String DOCUMENT = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":[\"kms:ListSecrets\"],\"Resource\":[\"*\"]}]}";

    private final Endpoint endpoint;
    private final boolean oldSignature;
    private final String name;
    private final Client ram;

    /** @param oldSignature whether requests are signed by HMAC-SHA1 instead of ACS3-HMAC-SHA256 */
    IdentityStory(Endpoint endpoint, boolean oldSignature) throws Exception {
        this.endpoint = endpoint;
        this.oldSignature = oldSignature;
        this.name = "compatibility-" + (oldSignature ? "v1" : "acs3");
        this.ram = new Client(config(endpoint.accessKeyId(), endpoint.accessKeySecret()));
    }

    void tell() throws Exception {
        String userId = ram.createUser(new CreateUserRequest().setUserName(name).setDisplayName("Ann é"))
                .getBody()
                .getUser()
                .getUserId();
        theUserHasAKey(userId);
        theUserHasAPassword();
        aPolicySpeaksForTheUser();
        theRoleIsLentAndEnds();
        ram.deleteUser(new DeleteUserRequest().setUserName(name));
    }

    private void theUserHasAKey(String userId) throws Exception {
        var key = ram.createAccessKey(new CreateAccessKeyRequest().setUserName(name))
                .getBody()
                .getAccessKey();
        var own = new com.aliyun.sts20150401.Client(config(key.getAccessKeyId(), key.getAccessKeySecret()));
        assertEquals(userId, own.getCallerIdentity().getBody().getUserId());
        ram.updateAccessKey(new UpdateAccessKeyRequest()
                .setUserName(name)
                .setUserAccessKeyId(key.getAccessKeyId())
                .setStatus("Inactive"));
        assertEquals("InvalidAccessKeyId.Inactive", refusal(own::getCallerIdentity));
        ram.deleteAccessKey(new DeleteAccessKeyRequest().setUserName(name).setUserAccessKeyId(key.getAccessKeyId()));
    }

    private void theUserHasAPassword() throws Exception {
        var profile = ram.createLoginProfile(new CreateLoginProfileRequest()
                        .setUserName(name)
                        .setPassword("four words and one more")
                        .setPasswordResetRequired(true))
                .getBody()
                .getLoginProfile();
        assertEquals(true, profile.getPasswordResetRequired());
        ram.updateLoginProfile(new UpdateLoginProfileRequest().setUserName(name).setPasswordResetRequired(false));
        assertEquals(
                false,
                ram.getLoginProfile(new GetLoginProfileRequest().setUserName(name))
                        .getBody()
                        .getLoginProfile()
                        .getPasswordResetRequired());
        ram.deleteLoginProfile(new DeleteLoginProfileRequest().setUserName(name));
    }

    private void aPolicySpeaksForTheUser() throws Exception {
        ram.createPolicy(new CreatePolicyRequest().setPolicyName(name).setPolicyDocument(DOCUMENT));
        String second = ram.createPolicyVersion(
                        new CreatePolicyVersionRequest().setPolicyName(name).setPolicyDocument(DOCUMENT))
                .getBody()
                .getPolicyVersion()
                .getVersionId();
        ram.setDefaultPolicyVersion(
                new SetDefaultPolicyVersionRequest().setPolicyName(name).setVersionId(second));
        ram.deletePolicyVersion(
                new DeletePolicyVersionRequest().setPolicyName(name).setVersionId("v1"));
        ram.attachPolicyToUser(new AttachPolicyToUserRequest()
                .setPolicyName(name)
                .setPolicyType(CUSTOM)
                .setUserName(name));
        assertEquals(
                name,
                ram.listEntitiesForPolicy(new ListEntitiesForPolicyRequest()
                                .setPolicyName(name)
                                .setPolicyType(CUSTOM))
                        .getBody()
                        .getUsers()
                        .getUser()
                        .get(0)
                        .getUserName());
        DeletePolicyRequest delete = new DeletePolicyRequest().setPolicyName(name);
        assertEquals("DeleteConflict.Policy.User", refusal(() -> ram.deletePolicy(delete)));
        ram.detachPolicyFromUser(new DetachPolicyFromUserRequest()
                .setPolicyName(name)
                .setPolicyType(CUSTOM)
                .setUserName(name));
    }

    private void theRoleIsLentAndEnds() throws Exception {
        String arn = ram.createRole(new CreateRoleRequest()
                        .setRoleName(name)
                        .setDescription("lent")
                        .setMaxSessionDuration(3600L)
                        .setAssumeRolePolicyDocument(trust()))
                .getBody()
                .getRole()
                .getArn();
        var lent = new com.aliyun.sts20150401.Client(config(endpoint.accessKeyId(), endpoint.accessKeySecret()))
                .assumeRole(new AssumeRoleRequest()
                        .setRoleArn(arn)
                        .setRoleSessionName("a-session")
                        .setDurationSeconds(900L))
                .getBody()
                .getCredentials();
        // The session is known by its token; what it may do, the role's policies say.
        assertEquals("Forbidden.NoPermission", refusal(() -> kms(lent).listSecrets(new ListSecretsRequest())));
        assertEquals("Forbidden.NoPermission", legacyRefusal(lent));
        aPolicySpeaksForTheRole(lent);
        ram.deleteRole(new DeleteRoleRequest().setRoleName(name));
        assertTrue(refusal(() -> kms(lent).listSecrets(new ListSecretsRequest()))
                .matches("InvalidAccessKeyId.Inactive|Forbidden.NoPermission"));
    }

    private void aPolicySpeaksForTheRole(AssumeRoleResponseBodyCredentials lent) throws Exception {
        ram.attachPolicyToRole(new AttachPolicyToRoleRequest()
                .setPolicyName(name)
                .setPolicyType(CUSTOM)
                .setRoleName(name));
        assertEquals(
                1, kms(lent).listSecrets(new ListSecretsRequest()).getBody().getPageNumber());
        ram.detachPolicyFromRole(new DetachPolicyFromRoleRequest()
                .setPolicyName(name)
                .setPolicyType(CUSTOM)
                .setRoleName(name));
        ram.deletePolicy(new DeletePolicyRequest().setPolicyName(name));
    }

    private String trust() {
        String account = "1000000000000001";
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"RAM\":[\"acs:ram::" + account + ":root\"]}}]}";
    }

    private com.aliyun.kms20160120.Client kms(AssumeRoleResponseBodyCredentials lent) throws Exception {
        return new com.aliyun.kms20160120.Client(config(lent.getAccessKeyId(), lent.getAccessKeySecret())
                .setSecurityToken(lent.getSecurityToken())
                .setType("sts"));
    }

    private String legacyRefusal(AssumeRoleResponseBodyCredentials lent) {
        return assertThrows(ClientException.class, () -> legacy(lent)).getErrCode();
    }

    /** com.aliyun:aliyun-java-sdk-kms, in either generation of signatures that it speaks. */
    private void legacy(AssumeRoleResponseBodyCredentials lent) throws ClientException {
        DefaultAcsClient client = new DefaultAcsClient(
                DefaultProfile.getProfile(endpoint.region()),
                new BasicSessionCredentials(lent.getAccessKeyId(), lent.getAccessKeySecret(), lent.getSecurityToken()));
        var request = new com.aliyuncs.kms.model.v20160120.ListSecretsRequest();
        request.setSysEndpoint(endpoint.address());
        request.setSysAcceptFormat(FormatType.JSON);
        if (!oldSignature) {
            request.setSysSignatureVersion(com.aliyuncs.auth.SignatureVersion.V3);
        }
        client.getAcsResponse(request);
    }

    private Config config(String id, String secret) {
        Config config = new Config()
                .setEndpoint(endpoint.address())
                .setProtocol("https")
                .setRegionId(endpoint.region())
                .setAccessKeyId(id)
                .setAccessKeySecret(secret);
        return oldSignature ? config.setSignatureAlgorithm("v2") : config;
    }

    private static String refusal(Callable<?> call) {
        return assertThrows(TeaException.class, call::call).getCode();
    }
}
