package io.gyre.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeRegionsResponse;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.ram20150501.models.CreateAccessKeyRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.teaopenapi.models.Config;
import io.gyre.api.testing.ApiProcess;
import io.gyre.api.testing.Refusal;
import io.gyre.platform.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the memory of the packaged program holds, once the requests that carried a value were answered. */
class LeakHuntIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final TestPostgres.Database database = TestPostgres.freshDatabase();
    private final List<String> values = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void noValueStaysInTheHeapOnceItsRequestWasAnswered() throws Exception {
        try (ApiProcess process = new ApiProcess(database, folder, folder.resolve("one")).start()) {
            await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
            assertTrue(process.isAlive(), process::log);
            Properties administrator = process.administratorKey();
            useValues(process);

            String alwaysThere = "The KMS API";
            assertFalse(process.holding(List.of(alwaysThere)).isEmpty(), "the hunt finds what is there");
            // A key that signed is kept decrypted for five seconds.
            values.add(administrator.getProperty("AccessKeySecret"));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertEquals(List.of(), process.holding(values)));
        }
    }

    private void useValues(ApiProcess process) throws Exception {
        Client client = process.client("http");
        client.createSecret(new CreateSecretRequest()
                .setSecretName("hunted")
                .setVersionId("v1")
                .setSecretData(value()));
        client.putSecretValue(new PutSecretValueRequest()
                .setSecretName("hunted")
                .setVersionId("v2")
                .setSecretData(value()));
        client.getSecretValue(new GetSecretValueRequest().setSecretName("hunted"));
        Refusal.of(() -> client.putSecretValue(new PutSecretValueRequest()
                .setSecretName("hunted")
                .setVersionId("v2")
                .setSecretData(value())));
        Refusal.of(() -> client.createSecret(new CreateSecretRequest()
                .setSecretName("acs/hunted")
                .setVersionId("v1")
                .setSecretData(value())));

        Config config = new Config()
                .setEndpoint("127.0.0.1:" + process.port())
                .setProtocol("http")
                .setAccessKeyId(process.administratorKey().getProperty("AccessKeyId"))
                .setAccessKeySecret(process.administratorKey().getProperty("AccessKeySecret"));
        var ram = new com.aliyun.ram20150501.Client(config);
        ram.createUser(new CreateUserRequest().setUserName("hunted"));
        var key = ram.createAccessKey(new CreateAccessKeyRequest().setUserName("hunted"))
                .getBody()
                .getAccessKey();
        values.add(key.getAccessKeySecret());
        DescribeRegionsResponse answered = new Client(
                        config.setAccessKeyId(key.getAccessKeyId()).setAccessKeySecret(key.getAccessKeySecret()))
                .describeRegions();
        assertEquals(200, answered.getStatusCode());
    }

    private String value() {
        String value = "plain" + UUID.randomUUID().toString().replace("-", "");
        values.add(value);
        return value;
    }
}
