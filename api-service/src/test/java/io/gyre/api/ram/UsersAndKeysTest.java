package io.gyre.api.ram;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.models.AttachPolicyToUserRequest;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.aliyun.ram20150501.models.DeleteUserRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromUserRequest;
import com.aliyun.ram20150501.models.GetAccessKeyLastUsedRequest;
import com.aliyun.ram20150501.models.GetUserRequest;
import com.aliyun.ram20150501.models.ListAccessKeysRequest;
import com.aliyun.ram20150501.models.ListPoliciesForUserRequest;
import com.aliyun.ram20150501.models.ListUsersRequest;
import com.aliyun.ram20150501.models.ListUsersResponseBody;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import com.aliyun.ram20150501.models.UpdateUserRequest;
import com.aliyun.sts20150401.Client;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.envelope.Envelope;
import io.gyre.envelope.EnvelopeException;
import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeys;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UsersAndKeysTest {
    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Rows rows;

    @Test
    void aUserIsToldAsItWasMadeAndAsItWasChanged() throws Exception {
        String name = identities.name("told");
        clients.ram()
                .createUser(new CreateUserRequest()
                        .setUserName(name)
                        .setDisplayName("Ann é 秘")
                        .setEmail("ann@example.com")
                        .setMobilePhone("86-18600000000")
                        .setComments("on call"));
        clients.ram().updateUser(new UpdateUserRequest().setUserName(name).setNewComments(""));
        var told = clients.ram()
                .getUser(new GetUserRequest().setUserName(name))
                .getBody()
                .getUser();
        assertEquals(
                List.of(name, "Ann é 秘", "ann@example.com", "86-18600000000", ""),
                List.of(
                        told.getUserName(),
                        told.getDisplayName(),
                        told.getEmail(),
                        told.getMobilePhone(),
                        told.getComments()));
        assertTrue(told.getUserId().matches("2[0-9]{17}"), told.getUserId());
        assertTrue(told.getCreateDate().matches("[0-9-]{10}T[0-9:]{8}Z"), told.getCreateDate());
    }

    @Test
    void aNameIsGivenOnceAndFollowsTheRules() throws Exception {
        String name = identities.user();
        Refusal.expect(409, "EntityAlreadyExists.User", () -> clients.ram()
                .createUser(new CreateUserRequest().setUserName(name)));
        Refusal.expect(400, "InvalidParameter.UserName.InvalidChars", () -> clients.ram()
                .createUser(new CreateUserRequest().setUserName("a b")));
        Refusal.expect(400, "InvalidParameter.UserName.Length", () -> clients.ram()
                .createUser(new CreateUserRequest().setUserName("a".repeat(65))));
        Refusal.expect(
                404, "EntityNotExist.User", () -> clients.ram().getUser(new GetUserRequest().setUserName(name + "x")));
        Refusal.expect(409, "EntityAlreadyExists.User", () -> clients.ram()
                .updateUser(
                        new UpdateUserRequest().setUserName(identities.user()).setNewUserName(name)));
    }

    @Test
    void usersAreListedPageByPage() throws Exception {
        String prefix = identities.name("paged");
        for (int i = 0; i < 5; i++) {
            clients.ram().createUser(new CreateUserRequest().setUserName(prefix + "." + i));
        }
        List<String> seen = new ArrayList<>();
        String marker = prefix;
        while (seen.size() < 5) {
            ListUsersResponseBody page = clients.ram()
                    .listUsers(new ListUsersRequest().setMaxItems(2).setMarker(marker))
                    .getBody();
            page.getUsers().getUser().forEach(user -> seen.add(user.getUserName()));
            marker = page.getMarker();
            assertEquals(page.getIsTruncated(), marker != null);
        }
        assertEquals(
                List.of(prefix + ".0", prefix + ".1", prefix + ".2", prefix + ".3", prefix + ".4"), seen.subList(0, 5));
    }

    @Test
    void aUserHasAtMostTwoKeys() throws Exception {
        String user = identities.user();
        Clients.AccessKey first = identities.keyOf(user);
        identities.keyOf(user);
        Refusal.expect(409, "LimitExceeded.User.AccessKey", () -> identities.keyOf(user));
        clients.ram()
                .deleteAccessKey(new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(first.id()));
        identities.keyOf(user);
    }

    @Test
    void aKeySignsInBothGenerationsAndTellsWhoseItIs() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        for (boolean old : List.of(true, false)) {
            var identity = clients.sts(key, old).getCallerIdentity().getBody();
            assertEquals("RAMUser", identity.getIdentityType());
            assertEquals("acs:ram::" + Identities.ACCOUNT + ":user/" + user, identity.getArn());
        }
    }

    @Test
    void aDisabledKeyIsRefusedAtOnceAndSignsAgainOnceItIsEnabled() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        Client own = clients.sts(key, false);
        own.getCallerIdentity();
        status(user, key, "Inactive");
        Refusal.expect(403, "InvalidAccessKeyId.Inactive", own::getCallerIdentity);
        status(user, key, "Active");
        own.getCallerIdentity();
        clients.ram()
                .deleteAccessKey(new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(key.id()));
        Refusal.expect(404, "InvalidAccessKeyId.NotFound", own::getCallerIdentity);
    }

    @Test
    void whoNamesNoUserMeansItself() throws Exception {
        List<String> keys =
                clients
                        .ram()
                        .listAccessKeys(new ListAccessKeysRequest())
                        .getBody()
                        .getAccessKeys()
                        .getAccessKey()
                        .stream()
                        .map(key -> key.getAccessKeyId())
                        .toList();
        assertTrue(keys.contains(clients.administratorKey().getProperty("AccessKeyId")), "the account's keys: " + keys);
    }

    @Test
    void theAccountKeepsOneActiveKey() throws Exception {
        String only = clients.administratorKey().getProperty("AccessKeyId");
        Refusal.expect(409, "DeleteConflict.Account.AccessKey", () -> clients.ram()
                .updateAccessKey(
                        new UpdateAccessKeyRequest().setUserAccessKeyId(only).setStatus("Inactive")));
        Refusal.expect(409, "DeleteConflict.Account.AccessKey", () -> clients.ram()
                .deleteAccessKey(new DeleteAccessKeyRequest().setUserAccessKeyId(only)));
    }

    @Test
    void theDatabaseAloneDoesNotYieldASecret() throws Exception {
        Clients.AccessKey key = identities.keyOf(identities.user());
        String everything = rows.everything();
        assertTrue(everything.contains(key.id()), "the key's public half is there");
        assertFalse(everything.contains(key.secret()), "its secret half");
        assertFalse(
                everything.contains(
                        HexFormat.of().formatHex(key.secret().getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                "its secret half in hexadecimal");
        byte[] wrapped = HexFormat.of()
                .parseHex(rows.text(
                        "SELECT encode(wrapped_secret, 'hex') FROM access_key WHERE access_key_id = ?", key.id()));
        Envelope thief =
                new Envelope(RootKeys.of(RootKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]))));
        assertThrows(EnvelopeException.class, () -> thief.openAccessKey(key.id(), wrapped));
    }

    @Test
    void theLastUseIsToldAfterTheFirstUseAndNotBefore() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        assertNull(lastUsed(user, key));
        clients.sts(key, false).getCallerIdentity();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertNotNull(lastUsed(user, key)));
    }

    @Test
    void aUserWithKeysOrPoliciesIsNotDeleted() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        attach(user);
        Refusal.expect(409, "EntityAlreadyExists.User.Policy", () -> attach(user));
        DeleteUserRequest delete = new DeleteUserRequest().setUserName(user);
        Refusal.expect(409, "DeleteConflict.User.AccessKey", () -> clients.ram().deleteUser(delete));
        clients.ram()
                .deleteAccessKey(new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(key.id()));
        Refusal.expect(409, "DeleteConflict.User.Policy", () -> clients.ram().deleteUser(delete));
        DetachPolicyFromUserRequest detach = new DetachPolicyFromUserRequest()
                .setUserName(user)
                .setPolicyType("System")
                .setPolicyName("AliyunKMSFullAccess");
        clients.ram().detachPolicyFromUser(detach);
        Refusal.expect(404, "EntityNotExist.User.Policy", () -> clients.ram().detachPolicyFromUser(detach));
        clients.ram().deleteUser(delete);
        Refusal.expect(404, "EntityNotExist.User", () -> clients.ram().deleteUser(delete));
    }

    @Test
    void aRenamedUserKeepsItsKeysAndPolicies() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        attach(user);
        clients.sts(key, false).getCallerIdentity();
        clients.ram().updateUser(new UpdateUserRequest().setUserName(user).setNewUserName(user + "-renamed"));
        assertEquals(
                "acs:ram::" + Identities.ACCOUNT + ":user/" + user + "-renamed",
                clients.sts(key, false).getCallerIdentity().getBody().getArn());
        assertEquals(
                "AliyunKMSFullAccess",
                clients.ram()
                        .listPoliciesForUser(new ListPoliciesForUserRequest().setUserName(user + "-renamed"))
                        .getBody()
                        .getPolicies()
                        .getPolicy()
                        .get(0)
                        .getPolicyName());
    }

    @Test
    void whoMayNotIsToldInTheWordsOfRam() throws Exception {
        Clients.AccessKey key = identities.keyOf(identities.user());
        Refusal.expect(403, "NoPermission", () -> clients.ram(key)
                .createAccessKey(new CreateAccessKeyRequest().setUserName("someone")));
    }

    private void attach(String user) throws Exception {
        clients.ram()
                .attachPolicyToUser(new AttachPolicyToUserRequest()
                        .setUserName(user)
                        .setPolicyType("System")
                        .setPolicyName("AliyunKMSFullAccess"));
    }

    private void status(String user, Clients.AccessKey key, String status) throws Exception {
        clients.ram()
                .updateAccessKey(new UpdateAccessKeyRequest()
                        .setUserName(user)
                        .setUserAccessKeyId(key.id())
                        .setStatus(status));
    }

    private String lastUsed(String user, Clients.AccessKey key) throws Exception {
        return clients.ram()
                .getAccessKeyLastUsed(
                        new GetAccessKeyLastUsedRequest().setUserName(user).setUserAccessKeyId(key.id()))
                .getBody()
                .getAccessKeyLastUsed()
                .getLastUsedDate();
    }
}
