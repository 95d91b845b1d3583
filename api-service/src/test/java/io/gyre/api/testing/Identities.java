package io.gyre.api.testing;

import com.aliyun.ram20150501.models.AttachPolicyToRoleRequest;
import com.aliyun.ram20150501.models.AttachPolicyToUserRequest;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.CreateAccessKeyResponseBody.CreateAccessKeyResponseBodyAccessKey;
import com.aliyun.ram20150501.models.CreatePolicyRequest;
import com.aliyun.ram20150501.models.CreateRoleRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromUserRequest;
import com.aliyun.sts20150401.models.AssumeRoleRequest;
import com.aliyun.sts20150401.models.AssumeRoleResponseBody.AssumeRoleResponseBodyCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** RAM users, roles and sessions, each call with a name of its own. */
@ApplicationScoped
public class Identities {
    public static final String ACCOUNT = "1000000000000001";

    private final AtomicInteger counter = new AtomicInteger();
    private final Clients clients;

    Identities(Clients clients) {
        this.clients = clients;
    }

    /** A name that nobody else in this module's database has. */
    public String name(String prefix) {
        return prefix + "-" + counter.incrementAndGet();
    }

    /** Creates a user; @return its name */
    public String user() throws Exception {
        String name = name("user");
        clients.ram().createUser(new CreateUserRequest().setUserName(name));
        return name;
    }

    public Clients.AccessKey keyOf(String user) throws Exception {
        CreateAccessKeyResponseBodyAccessKey key = clients.ram()
                .createAccessKey(new CreateAccessKeyRequest().setUserName(user))
                .getBody()
                .getAccessKey();
        return new Clients.AccessKey(key.getAccessKeyId(), key.getAccessKeySecret(), null);
    }

    /** Creates a role that this identity may take on; @return its name */
    public String role(String trustedArn) throws Exception {
        String name = name("role");
        createRole(name, trustedArn);
        return name;
    }

    public void createRole(String name, String trustedArn) throws Exception {
        clients.ram()
                .createRole(new CreateRoleRequest()
                        .setRoleName(name)
                        .setAssumeRolePolicyDocument(trust("\"RAM\":[\"" + trustedArn + "\"]")));
    }

    /** Lets a system policy speak for a role. */
    public void attach(String policy, String role) throws Exception {
        clients.ram()
                .attachPolicyToRole(new AttachPolicyToRoleRequest()
                        .setPolicyType("System")
                        .setPolicyName(policy)
                        .setRoleName(role));
    }

    /** Lets a system policy speak for a user. */
    public void attachToUser(String policy, String user) throws Exception {
        clients.ram()
                .attachPolicyToUser(new AttachPolicyToUserRequest()
                        .setPolicyType("System")
                        .setPolicyName(policy)
                        .setUserName(user));
    }

    /** Creates a custom policy; @return its name */
    public String policy(String document) throws Exception {
        String name = name("policy");
        clients.ram().createPolicy(new CreatePolicyRequest().setPolicyName(name).setPolicyDocument(document));
        return name;
    }

    public void attachCustom(String policy, String user) throws Exception {
        clients.ram()
                .attachPolicyToUser(new AttachPolicyToUserRequest()
                        .setPolicyType("Custom")
                        .setPolicyName(policy)
                        .setUserName(user));
    }

    public void detachCustom(String policy, String user) throws Exception {
        clients.ram()
                .detachPolicyFromUser(new DetachPolicyFromUserRequest()
                        .setPolicyType("Custom")
                        .setPolicyName(policy)
                        .setUserName(user));
    }

    /** A session of the role that the account itself asks for. */
    public Clients.AccessKey session(String role) throws Exception {
        return session(role, null);
    }

    /** The same, narrowed by a policy. */
    public Clients.AccessKey session(String role, @Nullable String policy) throws Exception {
        AssumeRoleResponseBodyCredentials lent = clients.sts()
                .assumeRole(new AssumeRoleRequest()
                        .setRoleArn(roleArn(role))
                        .setRoleSessionName("a-session")
                        .setPolicy(policy))
                .getBody()
                .getCredentials();
        return new Clients.AccessKey(lent.getAccessKeyId(), lent.getAccessKeySecret(), lent.getSecurityToken());
    }

    /** @param principal the field of Principal, as {@code "RAM":[…]} */
    public static String trust(String principal) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{"
                + principal + "}}]}";
    }

    public static String roleArn(String role) {
        return "acs:ram::" + ACCOUNT + ":role/" + role;
    }

    /** Every identity of the account. */
    public static String root() {
        return "acs:ram::" + ACCOUNT + ":root";
    }
}
