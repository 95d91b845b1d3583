package io.gyre.compatibility;

import com.aliyun.tea.TeaException;
import com.aliyun.tearpc.Client;
import com.aliyun.tearpc.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * com.aliyun:tea-rpc: signs HMAC-SHA1 and sends the parameters as a form, as Terraform's provider does. It has no requests
 * of its own: its caller names action and parameters.
 */
final class FormBodySdk implements PublishedSdk {
    /** What is newer than the models of any SDK. */
    private static final Map<String, Set<String>> NEWER = Map.of("BatchGetSecretValue", Set.of("SecretsList"));

    private final Client client;
    private final LegacySdk names;

    /** @param names knows which parameters an action has */
    FormBodySdk(Endpoint endpoint, LegacySdk names) throws Exception {
        this.names = names;
        this.client = new Client(new Config()
                .setEndpoint(endpoint.address())
                .setProtocol("https")
                .setRegionId(endpoint.region())
                .setType("access_key")
                .setAccessKeyId(endpoint.accessKeyId())
                .setAccessKeySecret(endpoint.accessKeySecret()));
    }

    @Override
    public String title() {
        return "com.aliyun:tea-rpc 0.1.2, form body";
    }

    @Override
    public Optional<Set<String>> parameters(String action) {
        return NEWER.containsKey(action) ? Optional.of(NEWER.get(action)) : names.parameters(action);
    }

    static Set<String> newerActions() {
        return NEWER.keySet();
    }

    @Override
    public Outcome call(String action, Map<String, Object> parameters) throws Exception {
        try {
            return Outcome.answered(client.doRequest(
                    action, "HTTPS", "POST", "2016-01-20", "AK", null, flattened(parameters), new RuntimeOptions()));
        } catch (RuntimeException e) {
            if (e.getCause() instanceof TeaException refusal) {
                return Outcome.refusedInTheOldWay(refusal.getCode());
            }
            throw e;
        }
    }

    /** As Terraform's provider does it: lists numbered from 1, maps as JSON. */
    private static Map<String, Object> flattened(Map<String, Object> parameters) {
        Map<String, Object> flat = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    put(flat, name + "." + (i + 1), list.get(i));
                }
            } else {
                flat.put(name, Endpoint.asText(value));
            }
        });
        return flat;
    }

    private static void put(Map<String, Object> flat, String prefix, Object element) {
        if (element instanceof Map<?, ?> group) {
            group.forEach((field, value) -> flat.put(prefix + "." + field, value));
        } else {
            flat.put(prefix, element);
        }
    }
}
