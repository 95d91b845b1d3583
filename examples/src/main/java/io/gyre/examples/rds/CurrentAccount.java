package io.gyre.examples.rds;

import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.model.SecretInfo;
import com.aliyuncs.kms.secretsmanager.client.service.BaseSecretManagerClientBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.rpc.RpcCredentials;
import java.io.IOException;
import java.time.Duration;

/**
 * The account that a program is to use now, by the published caching client. It asks Gyre again once what it remembers is older than a
 * limit, and that limit has to be shorter than the time between two rotations: what was current stays valid until the one after
 * the next rotation begins, and no longer.
 */
final class CurrentAccount implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretCacheClient client;
    private final String secret;

    /**
     * Reads the secret once, and again whenever that is too old.
     *
     * @param kmsOverTls {@code host:port} of the KMS API: this client speaks HTTPS alone
     * @param remembered how long an answer is used before Gyre is asked again
     */
    CurrentAccount(String kmsOverTls, RpcCredentials key, String secret, Duration remembered)
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
    Account get() throws CacheSecretException {
        SecretInfo info = client.getSecretInfo(secret);
        try {
            JsonNode value = JSON.readTree(info.getSecretValue());
            return new Account(
                    info.getVersionId(),
                    value.path("AccountName").asText(),
                    value.path("AccountPassword").asText());
        } catch (JsonProcessingException e) {
            // Its message quotes the value.
            throw new IllegalStateException("The value of " + secret + " is no JSON.");
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
