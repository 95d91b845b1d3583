package io.gyre.cli.demo;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.rpc.RpcCredentials;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Gyre's API, through the published SDK of Alibaba Cloud KMS: only the endpoint is another one. */
final class Kms {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVER_ERROR = 500;

    /** The API of identities, which the same endpoint serves. */
    private static final String RAM = "2015-05-01";

    private static final String ROTATION_ROLE = "AliyunKMSManagedRAMCrendentialsRole";

    private final Client client;

    /** The administrator's client of a running platform. */
    static Kms of(PlatformFacts facts) {
        return new Kms(facts.endpoint(), AccessKeyFile.read(facts.administratorKeyFile()));
    }

    /** @param endpoint with the scheme http: on the loopback address nobody listens in */
    Kms(URI endpoint, RpcCredentials administrator) {
        Config config = new Config()
                .setAccessKeyId(administrator.accessKeyId())
                .setAccessKeySecret(administrator.accessKeySecret().reveal())
                .setEndpoint(endpoint.getAuthority())
                .setProtocol(endpoint.getScheme());
        this.client = asked("its client", () -> new Client(config));
    }

    /** @return the secret's name, which Gyre makes for a RAM secret */
    String createSecret(String name, String type, String value, Map<String, Object> extendedConfig) {
        CreateSecretRequest request = new CreateSecretRequest()
                .setSecretName(name)
                .setVersionId("v1")
                .setSecretType(type)
                .setSecretData(value)
                .setExtendedConfig(extendedConfig);
        return asked(
                "CreateSecret", () -> client.createSecret(request).getBody().getSecretName());
    }

    /** @return what CreateSecret of a RAM secret is refused with; nothing if it was made */
    Optional<Refusal> refusalOfRamSecret(String value, Map<String, Object> extendedConfig) {
        CreateSecretRequest request = new CreateSecretRequest()
                .setSecretName("$Auto")
                .setVersionId("v1")
                .setSecretType("RAMCredentials")
                .setSecretData(value)
                .setExtendedConfig(extendedConfig);
        try {
            client.createSecret(request);
            return Optional.empty();
        } catch (TeaException e) {
            return Optional.ofNullable(e.getData())
                    .map(body -> new Refusal(
                            String.valueOf(body.get("Message")), String.valueOf(body.get("AuthorizationUrl"))));
        } catch (Exception e) {
            throw notDone("CreateSecret", e);
        }
    }

    /**
     * A creation that the account has to consent to first.
     *
     * @param link where a RAM administrator does
     */
    record Refusal(String message, String link) {}

    void rotate(String secret, String versionId) {
        RotateSecretRequest request =
                new RotateSecretRequest().setSecretName(secret).setVersionId(versionId);
        asked("RotateSecret", () -> client.rotateSecret(request).getBody().getVersionId());
    }

    /** RotationWindow is a parameter of Gyre's own: the SDK sends it by its generic call. */
    void rotateWithin(String secret, String versionId, String window) {
        call(
                "2016-01-20",
                "RotateSecret",
                Map.of("SecretName", secret, "VersionId", versionId, "RotationWindow", window));
    }

    /** Lets Gyre replace the AccessKeys of RAM users, as a RAM administrator does: by a role that KMS may take on. */
    void grantRamRotation() {
        call(RAM, "CreateRole", Map.of("RoleName", ROTATION_ROLE, "AssumeRolePolicyDocument", """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
                "Principal":{"Service":["kms.aliyuncs.com"]}}]}"""));
        call(
                RAM,
                "AttachPolicyToRole",
                Map.of(
                        "RoleName",
                        ROTATION_ROLE,
                        "PolicyType",
                        "System",
                        "PolicyName",
                        "AliyunKMSManagedRAMCrendentialsRolePolicy"));
    }

    /** The SDK's generic call, which takes any action and any parameter. */
    private void call(String version, String action, Map<String, String> parameters) {
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
        OpenApiRequest request = new OpenApiRequest().setQuery(parameters);
        asked(action, () -> client.callApi(params, request, new RuntimeOptions()));
    }

    /** @return the message of the refusal; nothing if a second rotation was begun */
    Optional<String> refusalOfAnother(String secret) {
        RotateSecretRequest request =
                new RotateSecretRequest().setSecretName(secret).setVersionId("too-soon");
        try {
            client.rotateSecret(request);
            return Optional.empty();
        } catch (TeaException e) {
            return Optional.of(
                    String.valueOf(e.getData() == null ? null : e.getData().get("Message")));
        } catch (Exception e) {
            throw notDone("RotateSecret", e);
        }
    }

    /** The credential that programs are given now, as the JSON object that the secret's value is. */
    JsonNode current(String secret) {
        return value(secret, "ACSCurrent");
    }

    /** The credential that programs were given before. */
    JsonNode previous(String secret) {
        return value(secret, "ACSPrevious");
    }

    private JsonNode value(String secret, String stage) {
        GetSecretValueRequest request =
                new GetSecretValueRequest().setSecretName(secret).setVersionStage(stage);
        return asked(
                "GetSecretValue",
                () -> json(client.getSecretValue(request).getBody().getSecretData()));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Its message quotes the text, which may be a secret.
            throw new PlatformException("Gyre answered a value that is no JSON.");
        }
    }

    static String json(Object value) {
        return JSON.valueToTree(value).toString();
    }

    private static <T> T asked(String what, Callable<T> call) {
        try {
            return call.call();
        } catch (PlatformException e) {
            throw e;
        } catch (Exception e) {
            throw notDone(what, e);
        }
    }

    /** Whether the service said no; else it did not answer, or could not do its work. */
    static boolean isRefusal(PlatformException notDone) {
        return notDone.getCause() instanceof TeaException answer
                && answer.getStatusCode() != null
                && answer.getStatusCode() < SERVER_ERROR;
    }

    /** A refusal's code and message; of another failure only its kind, since the SDK's words may quote the request. */
    private static PlatformException notDone(String what, Exception failure) {
        String reason = failure instanceof TeaException refusal && refusal.getData() != null
                ? refusal.getCode() + ", " + refusal.getData().get("Message")
                : failure.getClass().getSimpleName();
        return new PlatformException("Gyre did not do " + what + ": " + reason + ".", failure);
    }
}
