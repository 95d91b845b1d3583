package io.gyre.api.testing;

import com.aliyun.kms20160120.models.CreateApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.CreateClientKeyRequest;
import com.aliyun.kms20160120.models.CreateNetworkRuleRequest;
import com.aliyun.kms20160120.models.CreatePolicyRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Application access points, each with a name of its own. */
@ApplicationScoped
public class AccessPoints {
    public static final String SECRET_USER = "RbacPermission/Template/CryptoServiceSecretUser";
    public static final String KEY_USER = "RbacPermission/Template/CryptoServiceKeyUser";
    public static final String PASSWORD = "correct-horse-9";

    private final Clients clients;

    AccessPoints(Clients clients) {
        this.clients = clients;
    }

    /** A name that nobody else in this module's database has. */
    public String name(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** Sources are a JSON array. @return the name of the rule */
    public String networkRule(String sources) throws Exception {
        String name = name("rule");
        clients.current()
                .createNetworkRule(new CreateNetworkRuleRequest().setName(name).setSourcePrivateIp(sources));
        return name;
    }

    /** Permits both templates; resources are a JSON array. @return the policy's name */
    public String policy(String instance, String resources, @Nullable String rule) throws Exception {
        String name = name("policy");
        clients.current()
                .createPolicy(new CreatePolicyRequest()
                        .setName(name)
                        .setKmsInstance(instance)
                        .setPermissions("[\"" + KEY_USER + "\",\"" + SECRET_USER + "\"]")
                        .setResources(resources)
                        .setAccessControlRules(rule == null ? null : "{\"NetworkRules\":[\"" + rule + "\"]}"));
        return name;
    }

    /** @return its name */
    public String accessPoint(String policy) throws Exception {
        String name = name("aap");
        clients.current()
                .createApplicationAccessPoint(new CreateApplicationAccessPointRequest()
                        .setName(name)
                        .setAuthenticationMethod("ClientKey")
                        .setPolicies("[\"" + policy + "\"]"));
        return name;
    }

    public GatewayClient.Login login(String accessPoint) throws Exception {
        var key = clients.current()
                .createClientKey(
                        new CreateClientKeyRequest().setAapName(accessPoint).setPassword(PASSWORD))
                .getBody();
        return GatewayClient.Login.of(key.getClientKeyId(), key.getPrivateKeyData(), PASSWORD);
    }
}
