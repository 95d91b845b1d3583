package io.gyre.examples.first;

import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.model.SecretInfo;
import com.aliyuncs.kms.secretsmanager.client.service.BaseSecretManagerClientBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.examples.Place;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads a secret by Alibaba's published caching client, and says whenever it holds another credential. */
public final class ReadSecret {
    /** How long an answer is used before Gyre is asked again. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private ReadSecret() {}

    /** @param arguments the name of the secret */
    public static void main(String[] arguments) {
        System.exit(Typed.run(
                arguments, name -> read(Place.ofHome(null), name, Integer.MAX_VALUE, System.out::println), System.err));
    }

    /** @param versions after how many different ones it ends */
    public static void read(Place place, String name, int versions, Consumer<String> out) throws Exception {
        String keyId = place.kmsKey().accessKeyId();
        String keySecret = place.kmsKey().accessKeySecret().reveal();
        try (SecretCacheClient client = SecretCacheClientBuilder.newCacheClientBuilder(
                        BaseSecretManagerClientBuilder.standard()
                                .withAccessKey(keyId, keySecret)
                                .addRegion(new RegionInfo("cn-hangzhou", place.kmsOverTls()))
                                .build())
                .withSecretTTL(name, REMEMBERED.toMillis())
                .build()) {
            String seen = "";
            for (int read = 0; read < versions; ) {
                SecretInfo secret = client.getSecretInfo(name);
                if (!secret.getVersionId().equals(seen)) {
                    seen = secret.getVersionId();
                    read++;
                    String account = new ObjectMapper()
                            .readTree(secret.getSecretValue())
                            .path("AccountName")
                            .asText();
                    out.accept("Version " + seen + " is current: log in as " + account + " with its password.");
                }
                Thread.sleep(REMEMBERED.toMillis());
            }
        }
    }
}
