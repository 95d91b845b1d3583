package io.gyre.examples.rds;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.rds20140815.models.CreateAccountRequest;
import com.aliyun.rds20140815.models.CreateDBInstanceRequest;
import com.aliyun.rds20140815.models.DescribeAccountsRequest;
import com.aliyun.rds20140815.models.DescribeDBInstanceAttributeRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.Poll;
import io.gyre.rpc.RpcCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * What an operator does before a program can use it: an RDS instance with two accounts, and the secret that names them. All of it by
 * the published SDKs.
 */
final class RotatingSecret {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGION = "cn-hangzhou";
    private static final List<String> ACCOUNTS = List.of("orders_a", "orders_b");
    private static final Duration SET_UP_WITHIN = Duration.ofSeconds(60);

    /** RDS demands three of four classes of characters. */
    private static final String OF_EVERY_CLASS = "aA1_";

    private static final int RANDOM_BYTES = 12;

    private final com.aliyun.kms20160120.Client kms;
    private final com.aliyun.rds20140815.Client rds;
    private final String name;

    /**
     * Asks nothing yet.
     *
     * @param kms {@code host:port} of the KMS API by plain HTTP, which the platform speaks to its own machine alone
     * @param cloud {@code host:port} of the simulated cloud
     */
    RotatingSecret(String kms, RpcCredentials kmsKey, String cloud, RpcCredentials cloudKey, String name) {
        this.kms = done("the KMS client", () -> new com.aliyun.kms20160120.Client(config(kms, kmsKey)));
        this.rds = done("the RDS client", () -> new com.aliyun.rds20140815.Client(config(cloud, cloudKey)));
        this.name = name;
    }

    private static Config config(String endpoint, RpcCredentials key) {
        return new Config()
                .setEndpoint(endpoint)
                .setProtocol("http")
                .setRegionId(REGION)
                .setAccessKeyId(key.accessKeyId())
                .setAccessKeySecret(key.accessKeySecret().reveal());
    }

    String name() {
        return name;
    }

    /** @return where its accounts log in; made now unless an earlier run has made it */
    Database setUp() {
        String instance = instanceOfAnEarlierRun();
        if (instance.isEmpty()) {
            instance = done("CreateDBInstance", this::newInstance);
            List<Map<String, String>> accounts = newAccounts(instance);
            String id = instance;
            CreateSecretRequest wanted = new CreateSecretRequest()
                    .setSecretName(name)
                    .setVersionId("v1")
                    .setSecretType("Rds")
                    .setSecretData(
                            JSON.valueToTree(Map.of("Accounts", accounts)).toString())
                    .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", id));
            done("CreateSecret", () -> kms.createSecret(wanted));
        }
        return at(instance);
    }

    private String instanceOfAnEarlierRun() {
        try {
            String config = kms.describeSecret(new DescribeSecretRequest().setSecretName(name))
                    .getBody()
                    .getExtendedConfig();
            return JSON.readTree(config).path("DBInstanceId").asText();
        } catch (TeaException e) {
            if ("Forbidden.ResourceNotFound".equals(e.getCode())) {
                return "";
            }
            throw notDone("DescribeSecret", e);
        } catch (Exception e) {
            throw notDone("DescribeSecret", e);
        }
    }

    private String newInstance() throws Exception {
        return rds.createDBInstance(new CreateDBInstanceRequest()
                        .setRegionId(REGION)
                        .setEngine("PostgreSQL")
                        .setEngineVersion("16.0")
                        .setDBInstanceClass("pg.n2.small.1")
                        .setDBInstanceStorage(20)
                        .setDBInstanceNetType("Intranet")
                        .setSecurityIPList("127.0.0.1")
                        .setPayType("Postpaid")
                        .setDBInstanceDescription(name))
                .getBody()
                .DBInstanceId;
    }

    private List<Map<String, String>> newAccounts(String instance) {
        await("instance " + instance, () -> attribute(instance).DBInstanceStatus.equals("Running"));
        List<Map<String, String>> accounts = new ArrayList<>();
        for (String account : ACCOUNTS) {
            String password = OF_EVERY_CLASS + PrivateFile.randomText(RANDOM_BYTES);
            done(
                    "CreateAccount",
                    () -> rds.createAccount(new CreateAccountRequest()
                            .setDBInstanceId(instance)
                            .setAccountName(account)
                            .setAccountPassword(password)));
            accounts.add(Map.of("AccountName", account, "AccountPassword", password));
        }
        await("the accounts of " + instance, () -> rds
                .describeAccounts(new DescribeAccountsRequest().setDBInstanceId(instance))
                .getBody()
                .accounts
                .DBInstanceAccount
                .stream()
                .allMatch(each -> each.accountStatus.equals("Available")));
        return accounts;
    }

    private Database at(String instance) {
        var attribute = done("DescribeDBInstanceAttribute", () -> attribute(instance));
        return new Database(attribute.connectionString, Integer.parseInt(attribute.port));
    }

    private com.aliyun.rds20140815.models.DescribeDBInstanceAttributeResponseBody
                    .DescribeDBInstanceAttributeResponseBodyItemsDBInstanceAttribute
            attribute(String instance) throws Exception {
        return rds.describeDBInstanceAttribute(new DescribeDBInstanceAttributeRequest().setDBInstanceId(instance))
                .getBody()
                .items
                .DBInstanceAttribute
                .get(0);
    }

    /** @return whether a rotation has begun; false while the one before has not ended */
    boolean rotate() {
        try {
            kms.rotateSecret(new RotateSecretRequest()
                    .setSecretName(name)
                    .setVersionId(UUID.randomUUID().toString()));
            return true;
        } catch (TeaException e) {
            if (String.valueOf(e.getMessage()).contains("Your secret is being rotated, please try again later")) {
                return false;
            }
            throw notDone("RotateSecret", e);
        } catch (Exception e) {
            throw notDone("RotateSecret", e);
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        if (!Poll.until(SET_UP_WITHIN, () -> done(what, condition))) {
            throw new PlatformException(
                    "Waited " + SET_UP_WITHIN.toSeconds() + " s in vain for " + what + ": see ./gyre logs.");
        }
    }

    private static <T> T done(String what, Callable<T> call) {
        try {
            return call.call();
        } catch (PlatformException e) {
            throw e;
        } catch (Exception e) {
            throw notDone(what, e);
        }
    }

    /** A refusal's code and message; of another failure only its kind, since the SDKs' words may quote the request. */
    private static PlatformException notDone(String what, Exception failure) {
        String reason = failure instanceof TeaException refusal && refusal.getData() != null
                ? refusal.getCode() + ", " + refusal.getData().get("Message")
                : failure.getClass().getSimpleName();
        return new PlatformException(what + " was not done: " + reason + ".", failure);
    }
}
