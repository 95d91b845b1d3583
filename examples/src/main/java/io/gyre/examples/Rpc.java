package io.gyre.examples;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.PlatformException;
import io.gyre.rpc.RpcCredentials;
import java.util.Map;

/** Any action of a service, by the generic call of the published SDKs. */
final class Rpc {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client client;

    /** @param endpoint {@code host:port}, by plain HTTP */
    Rpc(String endpoint, RpcCredentials key) {
        try {
            this.client = new Client(Cloud.config(endpoint, key));
        } catch (Exception e) {
            throw notDone("the client of " + endpoint, e);
        }
    }

    /** A service said no. */
    static final class Refusal extends PlatformException {
        private static final long serialVersionUID = 1L;

        private final String code;

        private Refusal(String action, String code, TeaException answer) {
            super(action + " was refused: " + code + ", " + answer.getData().get("Message"), answer);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /**
     * The answer to an action.
     *
     * @param version of the API
     * @throws Refusal if the service says no
     * @throws PlatformException if it does not answer
     */
    JsonNode call(String version, String action, Map<String, String> parameters) {
        Params params = new Params()
                .setAction(action)
                .setVersion(version)
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        try {
            Map<String, ?> answer =
                    client.callApi(params, new OpenApiRequest().setQuery(parameters), new RuntimeOptions());
            return JSON.valueToTree(answer.get("body"));
        } catch (TeaException e) {
            throw e.getData() == null ? notDone(action, e) : new Refusal(action, e.getCode(), e);
        } catch (Exception e) {
            throw notDone(action, e);
        }
    }

    /** Of a failure only its kind, since the SDK's words may quote the request. */
    private static PlatformException notDone(String what, Exception failure) {
        return new PlatformException(
                what + " was not done: " + failure.getClass().getSimpleName() + ". See ./gyre logs.", failure);
    }
}
