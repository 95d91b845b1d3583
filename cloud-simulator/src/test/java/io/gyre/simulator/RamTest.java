package io.gyre.simulator;

import static io.gyre.simulator.Cloud.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.Client;
import com.aliyun.ram20150501.models.AttachPolicyToUserRequest;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.aliyun.ram20150501.models.DeleteUserRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromUserRequest;
import com.aliyun.ram20150501.models.GetAccessKeyLastUsedRequest;
import com.aliyun.ram20150501.models.GetUserRequest;
import com.aliyun.ram20150501.models.ListAccessKeysRequest;
import com.aliyun.ram20150501.models.ListUsersRequest;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import com.aliyun.rds20140815.models.DescribeDBInstancesRequest;
import com.aliyun.tea.TeaException;
import io.gyre.platform.testing.PostgresResource;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "prefix", value = "gyre.simulator.db"),
            @ResourceArg(name = "privileges", value = "superuser")
        })
class RamTest {
    private static int users;

    @Inject
    Cloud cloud;

    private Client ram;
    private String user;

    @BeforeEach
    void aUser() throws Exception {
        ram = cloud.ram();
        user = "user-" + ++users;
        ram.createUser(
                new CreateUserRequest().setUserName(user).setDisplayName("Ü 1").setEmail("u@example.com"));
    }

    private RpcCredentials newKey() throws Exception {
        var key = ram.createAccessKey(new CreateAccessKeyRequest().setUserName(user))
                .getBody()
                .accessKey;
        assertEquals("Active", key.status);
        assertTrue(key.createDate.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
        return new RpcCredentials(key.accessKeyId, SecretText.of(key.accessKeySecret));
    }

    private RpcCredentials validKey() throws Exception {
        RpcCredentials key = newKey();
        becomesValid(key, "clock_timestamp()");
        return key;
    }

    private void becomesValid(RpcCredentials key, String when) {
        assertEquals(
                1,
                cloud.database.<Integer>inTransaction(transaction -> transaction.change(
                        "UPDATE ram_access_key SET valid_at = " + when + " WHERE access_key_id = ?",
                        key.accessKeyId())));
    }

    private List<String> statuses() throws Exception {
        return ram.listAccessKeys(new ListAccessKeysRequest().setUserName(user)).getBody().accessKeys.accessKey.stream()
                .map(key -> key.status)
                .toList();
    }

    private UpdateAccessKeyRequest status(RpcCredentials key, String status) {
        return new UpdateAccessKeyRequest()
                .setUserName(user)
                .setUserAccessKeyId(key.accessKeyId())
                .setStatus(status);
    }

    private String lastUsed(RpcCredentials key) throws Exception {
        return ram.getAccessKeyLastUsed(
                        new GetAccessKeyLastUsedRequest().setUserName(user).setUserAccessKeyId(key.accessKeyId()))
                .getBody()
                .accessKeyLastUsed
                .lastUsedDate;
    }

    private DeleteAccessKeyRequest deletion(RpcCredentials key) {
        return new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(key.accessKeyId());
    }

    @Test
    void aUserIsReadListedAndDeleted() throws Exception {
        var read = ram.getUser(new GetUserRequest().setUserName(user)).getBody();
        assertEquals(user, read.user.userName);
        assertEquals("Ü 1", read.user.displayName);
        assertNotNull(read.user.userId);
        assertNotNull(read.requestId);
        assertTrue(ram.listUsers(new ListUsersRequest().setMaxItems(1000)).getBody().users.user.stream()
                .anyMatch(listed -> listed.userName.equals(user)));

        ram.deleteUser(new DeleteUserRequest().setUserName(user));

        assertRefused(404, "EntityNotExist.User", () -> ram.getUser(new GetUserRequest().setUserName(user)));
    }

    @Test
    void usersAreListedPageByPage() throws Exception {
        ram.createUser(new CreateUserRequest().setUserName(user + "-second"));
        var first = ram.listUsers(new ListUsersRequest().setMaxItems(1)).getBody();
        assertTrue(first.isTruncated);

        var second = ram.listUsers(new ListUsersRequest().setMaxItems(1).setMarker(first.marker))
                .getBody();

        assertEquals(1, second.users.user.size());
        assertTrue(second.users.user.get(0).userName.compareTo(first.users.user.get(0).userName) > 0);
    }

    @Test
    void aUserOfTheSameNameOrAnImpossibleOneIsRefused() {
        assertRefused(409, "EntityAlreadyExists.User", () -> ram.createUser(new CreateUserRequest().setUserName(user)));
        assertRefused(
                400,
                "InvalidParameter.UserName.InvalidChars",
                () -> ram.createUser(new CreateUserRequest().setUserName("a/b")));
        assertRefused(
                400,
                "InvalidParameter.UserName.Length",
                () -> ram.createUser(new CreateUserRequest().setUserName("a".repeat(65))));
        assertRefused(400, "MissingParameter", () -> ram.createUser(new CreateUserRequest()));
    }

    @Test
    void aNewKeyIsUnknownUntilItsDelayHasPassed() throws Exception {
        RpcCredentials key = newKey();
        becomesValid(key, "clock_timestamp() + interval '1 hour'");
        RpcFault refusal = assertThrows(RpcFault.class, () -> cloud.whoIs(key));
        assertEquals("InvalidAccessKeyId.NotFound", refusal.code());
        assertEquals(404, refusal.status());

        becomesValid(key, "clock_timestamp()");

        assertEquals(
                "acs:ram::1000000000000001:user/" + user,
                cloud.whoIs(key).path("Arn").asText());
        assertEquals("RAMUser", cloud.whoIs(key).path("IdentityType").asText());
    }

    @Test
    void aNewKeyBecomesValidByItself() throws Exception {
        RpcCredentials key = newKey();
        Cloud.await(() -> {
            try {
                return cloud.whoIs(key).has("Arn");
            } catch (RpcFault refusal) {
                assertEquals("InvalidAccessKeyId.NotFound", refusal.code());
                return false;
            }
        });
    }

    @Test
    void aUserHasTwoKeysAtMost() throws Exception {
        RpcCredentials first = newKey();
        newKey();
        assertRefused(409, "LimitExceeded.User.AccessKey", this::newKey);
        assertEquals(List.of("Active", "Active"), statuses());

        ram.deleteAccessKey(deletion(first));

        assertEquals(List.of("Active"), statuses());
    }

    @Test
    void ofManyCreationsAtOnceTwoSucceed() {
        List<CompletableFuture<Boolean>> creations = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        newKey();
                        return true;
                    } catch (TeaException refused) {
                        assertEquals("LimitExceeded.User.AccessKey", refused.getCode());
                        return false;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();

        assertEquals(2, creations.stream().filter(CompletableFuture::join).count());
    }

    @Test
    void aDisabledKeyIsRefusedUntilItIsEnabled() throws Exception {
        RpcCredentials key = validKey();
        ram.updateAccessKey(status(key, "Inactive"));
        assertEquals(
                "InvalidAccessKeyId.Inactive",
                assertThrows(RpcFault.class, () -> cloud.whoIs(key)).code());
        assertEquals(List.of("Inactive"), statuses());

        ram.updateAccessKey(status(key, "Active"));

        assertEquals("RAMUser", cloud.whoIs(key).path("IdentityType").asText());
    }

    @Test
    void aDeletedKeyIsUnknown() throws Exception {
        RpcCredentials key = validKey();

        ram.deleteAccessKey(deletion(key));

        assertEquals(
                "InvalidAccessKeyId.NotFound",
                assertThrows(RpcFault.class, () -> cloud.whoIs(key)).code());
        assertRefused(404, "EntityNotExist.User.AccessKey", () -> ram.deleteAccessKey(deletion(key)));
        assertRefused(404, "EntityNotExist.User.AccessKey", () -> ram.updateAccessKey(status(key, "Inactive")));
    }

    @Test
    void eachSignedCallIsAUseOfItsKey() throws Exception {
        RpcCredentials key = validKey();
        assertNull(lastUsed(key));

        cloud.whoIs(key);

        assertNotNull(lastUsed(key));
    }

    @Test
    void aWrongSecretIsRefusedAndIsNoUse() throws Exception {
        RpcCredentials key = validKey();
        RpcCredentials wrong = new RpcCredentials(key.accessKeyId(), SecretText.of("wrong"));

        assertEquals(
                "SignatureDoesNotMatch",
                assertThrows(RpcFault.class, () -> cloud.whoIs(wrong)).code());

        assertNull(lastUsed(key));
    }

    @Test
    void aUserDoesWhatHisPoliciesGrant() throws Exception {
        RpcCredentials key = validKey();
        assertRefused(403, "NoPermission", () -> cloud.rds(key).describeDBInstances(new DescribeDBInstancesRequest()));

        ram.attachPolicyToUser(new AttachPolicyToUserRequest()
                .setUserName(user)
                .setPolicyType("System")
                .setPolicyName("AliyunRDSFullAccess"));

        assertNotNull(cloud.rds(key)
                .describeDBInstances(new DescribeDBInstancesRequest())
                .getBody()
                .items);
        assertRefused(403, "NoPermission", () -> cloud.ram(key).listUsers(new ListUsersRequest()));
    }

    @Test
    void aUserWithKeysOrPoliciesIsNotDeleted() throws Exception {
        RpcCredentials key = newKey();
        DeleteUserRequest deletion = new DeleteUserRequest().setUserName(user);
        assertRefused(409, "DeleteConflict.User.AccessKey", () -> ram.deleteUser(deletion));
        ram.deleteAccessKey(deletion(key));
        ram.attachPolicyToUser(new AttachPolicyToUserRequest()
                .setUserName(user)
                .setPolicyType("System")
                .setPolicyName("AliyunECSFullAccess"));
        assertRefused(409, "DeleteConflict.User.Policy", () -> ram.deleteUser(deletion));
        ram.detachPolicyFromUser(new DetachPolicyFromUserRequest()
                .setUserName(user)
                .setPolicyType("System")
                .setPolicyName("AliyunECSFullAccess"));

        ram.deleteUser(deletion);

        assertRefused(404, "EntityNotExist.User", this::newKey);
    }

    @Test
    void theAccountsOwnKeyIsItsRoot() {
        var identity = cloud.whoIs(cloud.account());

        assertEquals("Account", identity.path("IdentityType").asText());
        assertEquals("acs:ram::1000000000000001:root", identity.path("Arn").asText());
        assertFalse(identity.path("RequestId").asText().isEmpty());
    }
}
