package io.gyre.api.testing;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The smallest valid secret of each type, each call with a name, and an instance, of its own. */
@ApplicationScoped
public class Secrets {
    private final AtomicInteger counter = new AtomicInteger();
    private final Clients clients;
    private final OperationsClient operations;
    private final Rows rows;

    Secrets(Clients clients, OperationsClient operations, Rows rows) {
        this.clients = clients;
        this.operations = operations;
        this.rows = rows;
    }

    public CreateSecretRequest generic() {
        return new CreateSecretRequest()
                .setSecretName("generic-" + counter.incrementAndGet())
                .setVersionId("v1")
                .setSecretData("first value");
    }

    /** The account has let the rotation do its work by then. */
    public CreateSecretRequest ram() {
        operations.post("/operations/v1/service-roles/ram-rotation").json(200);
        String user = "user" + counter.incrementAndGet();
        return new CreateSecretRequest()
                .setSecretName("$Auto")
                .setSecretType("RAMCredentials")
                .setVersionId("v1")
                .setExtendedConfig(Map.of("SecretSubType", "RamUserAccessKey", "UserName", user))
                .setSecretData("{\"AccessKeys\":[{\"AccessKeyId\":\"LTAI1\",\"AccessKeySecret\":\"ram-secret-1\"}]}");
    }

    public CreateSecretRequest rdsSingle() {
        int n = counter.incrementAndGet();
        return new CreateSecretRequest()
                .setSecretName("rds-single-" + n)
                .setSecretType("Rds")
                .setVersionId("v1")
                .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-" + n))
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"app\",\"AccountPassword\":\"rds-password-1\"}]}");
    }

    public CreateSecretRequest rdsDouble() {
        int n = counter.incrementAndGet();
        return new CreateSecretRequest()
                .setSecretName("rds-double-" + n)
                .setSecretType("Rds")
                .setVersionId("v1")
                .setExtendedConfig(Map.of(
                        "SecretSubType",
                        "DoubleUsers",
                        "DBInstanceId",
                        "rm-" + n,
                        "CustomData",
                        Map.of("team", "payments")))
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"app_a\",\"AccountPassword\":\"rds-password-a\"},"
                        + "{\"AccountName\":\"app_b\",\"AccountPassword\":\"rds-password-b\"}]}");
    }

    public CreateSecretRequest ecsPassword() {
        int n = counter.incrementAndGet();
        return new CreateSecretRequest()
                .setSecretName("acs/ecs/password-" + n)
                .setSecretType("ECS")
                .setVersionId("v1")
                .setExtendedConfig(
                        Map.of("SecretSubType", "Password", "RegionId", "cn-hangzhou", "InstanceId", "i-" + n))
                .setSecretData("{\"UserName\":\"root\",\"Password\":\"ecs-password-1\"}");
    }

    public CreateSecretRequest ecsKey() {
        int n = counter.incrementAndGet();
        return new CreateSecretRequest()
                .setSecretName("acs/ecs/key-" + n)
                .setSecretType("ECS")
                .setVersionId("v1")
                .setExtendedConfig(Map.of("SecretSubType", "SSHKey", "RegionId", "cn-hangzhou", "InstanceId", "i-" + n))
                .setSecretData("{\"UserName\":\"root\",\"PublicKey\":\"ssh-rsa AAAA\","
                        + "\"PrivateKey\":\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\"}");
    }

    /** The RDS or ECS instance of a secret that was made here and kept its name. */
    public static String instanceOf(String kind, String secretName) {
        return kind + secretName.substring(secretName.lastIndexOf('-'));
    }

    /** Creates it; @return its name */
    public String create(CreateSecretRequest request) throws Exception {
        return clients.current().createSecret(request).getBody().getSecretName();
    }

    /** Begins a rotation of it to version v2; @return the rotation's id */
    public String rotate(String name) throws Exception {
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        return rows.activeRotation("rotation_id", name).get(0);
    }
}
