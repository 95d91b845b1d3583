package io.gyre.examples;

import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.model.SecretInfo;
import com.aliyuncs.kms.secretsmanager.client.service.BaseSecretManagerClientBuilder;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import java.io.IOException;
import java.time.Duration;

/**
 * The credential that a program is to use now, by the published caching client. It asks Gyre again once what it remembers is older than
 * a limit, and that limit has to be shorter than the time for which a former credential works on.
 */
final class CurrentCredential implements AutoCloseable {
    private final SecretCacheClient client;
    private final String secret;

    /**
     * Reads the secret once, and again whenever that is too old.
     *
     * @param kmsOverTls {@code host:port} of the KMS API: this client speaks HTTPS alone
     * @param remembered how long an answer is used before Gyre is asked again
     */
    CurrentCredential(String kmsOverTls, RpcCredentials key, String secret, Duration remembered)
            throws CacheSecretException {
        this.secret = secret;
        this.client = SecretCacheClientBuilder.newCacheClientBuilder(BaseSecretManagerClientBuilder.standard()
                        .withAccessKey(key.accessKeyId(), key.accessKeySecret().reveal())
                        .addRegion(new RegionInfo("cn-hangzhou", kmsOverTls))
                        .build())
                .withSecretTTL(secret, remembered.toMillis())
                .build();
    }

    /** From memory, or by a call where that is too old. */
    Credential get() throws CacheSecretException {
        SecretInfo info = client.getSecretInfo(secret);
        return new Credential(info.getVersionId(), SecretText.of(info.getSecretValue()));
    }

    /** By a call, whatever is remembered. */
    Credential readAnew() throws CacheSecretException, InterruptedException {
        client.refreshNow(secret);
        return get();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
