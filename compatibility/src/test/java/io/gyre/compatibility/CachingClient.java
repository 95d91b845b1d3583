package io.gyre.compatibility;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.model.SecretInfo;
import com.aliyuncs.kms.secretsmanager.client.service.BaseSecretManagerClientBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** com.aliyun:alibabacloud-secretsmanager-client: calls GetSecretValue alone, and asks for XML. */
final class CachingClient implements PublishedSdk {
    private final Endpoint endpoint;

    /** Closed together: they share their connections with each other and with the SDK below them. */
    private final List<SecretCacheClient> opened = new ArrayList<>();

    CachingClient(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String title() {
        return "com.aliyun:alibabacloud-secretsmanager-client 1.3.7";
    }

    /** Stage, format and FetchExtendedConfig it chooses by itself. */
    @Override
    public Optional<Set<String>> parameters(String action) {
        return action.equals("GetSecretValue") ? Optional.of(Set.of("SecretName")) : Optional.empty();
    }

    @Override
    public Outcome call(String action, Map<String, Object> parameters) throws Exception {
        try {
            return new Outcome.Answered(fields(withoutMemory().getSecretInfo((String) parameters.get("SecretName"))));
        } catch (CacheSecretException e) {
            if (e.getCause() instanceof ClientException refusal) {
                return new Outcome.Refused(refusal.getErrCode());
            }
            throw e;
        }
    }

    /** What it remembers of earlier calls it would give again, also where the service refuses. */
    private SecretCacheClient withoutMemory() throws CacheSecretException {
        SecretCacheClient client = SecretCacheClientBuilder.newCacheClientBuilder(
                        BaseSecretManagerClientBuilder.standard()
                                .withAccessKey(endpoint.accessKeyId(), endpoint.accessKeySecret())
                                .addRegion(new RegionInfo(endpoint.region(), endpoint.address()))
                                .build())
                .build();
        opened.add(client);
        return client;
    }

    @Override
    public void close() throws IOException {
        for (SecretCacheClient client : opened) {
            client.close();
        }
    }

    private static Map<String, Object> fields(SecretInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("SecretName", info.getSecretName());
        fields.put("SecretType", info.getSecretType());
        fields.put("SecretData", info.getSecretValue());
        fields.put("SecretDataType", info.getSecretDataType());
        fields.put("VersionId", info.getVersionId());
        fields.put("CreateTime", info.getCreateTime());
        fields.put("AutomaticRotation", info.getAutomaticRotation());
        fields.put("RotationInterval", info.getRotationInterval());
        fields.put("NextRotationDate", info.getNextRotationDate());
        fields.put("ExtendedConfig", info.getExtendedConfig());
        fields.values().removeIf(value -> value == null);
        return fields;
    }
}
