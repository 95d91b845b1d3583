package io.gyre.api.secrets;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DisableKeyRequest;
import com.aliyun.kms20160120.models.EnableKeyRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RestoreSecretRequest;
import com.aliyun.tea.TeaException;
import io.gyre.api.testing.ApiProcess;
import io.gyre.platform.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads share statements; none of them may see less than what was answered before it began, from whichever process. */
class ReadsSeeWritesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int READERS = 16;
    private static final int ROUNDS = 20;
    private static final String NAME = "read/by/many";

    @TempDir
    private static Path folder;

    private static ApiProcess first;
    private static ApiProcess second;
    private static Client writer;
    private static List<Client> readers;
    private static ExecutorService threads;

    @BeforeAll
    static void startTwo() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        first = new ApiProcess(database, folder, folder.resolve("first")).start();
        second = new ApiProcess(database, folder, folder.resolve("second")).start();
        await().atMost(PATIENCE).until(() -> first.isReady() && second.isReady());
        writer = first.client("http");
        readers = List.of(first.client("http"), second.client("http"));
        threads = Executors.newFixedThreadPool(READERS);
    }

    @AfterAll
    static void stopBoth() {
        threads.shutdownNow();
        first.close();
        second.close();
    }

    @Test
    void aReadSeesWhateverWasAnsweredBeforeItBegan() throws Exception {
        String keyId = writer.createKey(new CreateKeyRequest())
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        writer.createSecret(new CreateSecretRequest()
                .setSecretName(NAME)
                .setVersionId("v0")
                .setSecretData("value 0")
                .setEncryptionKeyId(keyId));
        for (int round = 1; round <= ROUNDS; round++) {
            String value = "value " + round;
            writer.putSecretValue(new PutSecretValueRequest()
                    .setSecretName(NAME)
                    .setVersionId("v" + round)
                    .setSecretData(value));
            expectOfEveryReader(value);

            writer.disableKey(new DisableKeyRequest().setKeyId(keyId));
            expectOfEveryReader("Rejected.Disabled");
            writer.enableKey(new EnableKeyRequest().setKeyId(keyId));
            expectOfEveryReader(value);

            writer.deleteSecret(new DeleteSecretRequest().setSecretName(NAME));
            expectOfEveryReader("Rejected.ResourceInDeleteWindow");
            writer.restoreSecret(new RestoreSecretRequest().setSecretName(NAME));
            expectOfEveryReader(value);
        }
    }

    /** All at once, half of them at the process that the writer did not call. */
    private static void expectOfEveryReader(String expected) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            Client client = readers.get(reader % readers.size());
            answers.add(threads.submit(() -> read(client)));
        }
        for (Future<String> answer : answers) {
            assertEquals(expected, answer.get());
        }
        assertTrue(first.isAlive() && second.isAlive());
    }

    /** The value, or the code of the refusal. */
    private static String read(Client client) throws Exception {
        try {
            return client.getSecretValue(new GetSecretValueRequest().setSecretName(NAME))
                    .getBody()
                    .getSecretData();
        } catch (TeaException refusal) {
            return refusal.getCode();
        }
    }
}
