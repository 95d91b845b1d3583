package io.gyre.api.testing;

import com.aliyun.kms20160120.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import com.aliyuncs.AcsRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.ApiServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Alibaba's published SDKs, pointed at the service under test with the administrator's key. */
@ApplicationScoped
public class Clients {
    private final ApiServer server;
    private final Installation installation;

    Clients(ApiServer server, Installation installation) {
        this.server = server;
        this.installation = installation;
    }

    /** The administrator's key, as the first start wrote it. */
    public Properties administratorKey() {
        Properties key = new Properties();
        try (Reader file =
                Files.newBufferedReader(installation.administratorKeyFile().orElseThrow())) {
            key.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key;
    }

    /** Signs ACS3-HMAC-SHA256. */
    public Client current() {
        return client(config());
    }

    /** The same SDK, signing HMAC-SHA1. */
    public Client currentWithOldSignature() {
        return client(config().setSignatureAlgorithm("v2"));
    }

    /** Signs with another key. */
    public Client with(String accessKeyId, String accessKeySecret) {
        return client(config().setAccessKeyId(accessKeyId).setAccessKeySecret(accessKeySecret));
    }

    /** Signs with another key, ACS3-HMAC-SHA256 or, as {@code v2}, HMAC-SHA1. */
    public Client with(AccessKey key, boolean oldSignature) {
        return client(signing(key, oldSignature));
    }

    /** RAM's SDK with the administrator's key. */
    public com.aliyun.ram20150501.Client ram() {
        return ram(config());
    }

    public com.aliyun.ram20150501.Client ram(AccessKey key) {
        return ram(signing(key, false));
    }

    /** STS's SDK with the administrator's key. */
    public com.aliyun.sts20150401.Client sts() {
        return sts(config());
    }

    public com.aliyun.sts20150401.Client sts(AccessKey key, boolean oldSignature) {
        return sts(signing(key, oldSignature));
    }

    /** What a client signs with; a session's key has a token. */
    public record AccessKey(
            String id, String secret, @Nullable String securityToken) {}

    private Config signing(AccessKey key, boolean oldSignature) {
        Config config = config().setAccessKeyId(key.id())
                .setAccessKeySecret(key.secret())
                .setSecurityToken(key.securityToken())
                .setType(key.securityToken() == null ? "access_key" : "sts");
        return oldSignature ? config.setSignatureAlgorithm("v2") : config;
    }

    private static com.aliyun.ram20150501.Client ram(Config config) {
        try {
            return new com.aliyun.ram20150501.Client(config);
        } catch (Exception e) {
            throw new IllegalStateException("The SDK refuses its configuration", e);
        }
    }

    private static com.aliyun.sts20150401.Client sts(Config config) {
        try {
            return new com.aliyun.sts20150401.Client(config);
        } catch (Exception e) {
            throw new IllegalStateException("The SDK refuses its configuration", e);
        }
    }

    /** Calls with parameters that the SDK has no fields for; @return the answer's fields */
    public Map<String, Object> call(String action, Map<String, String> parameters) throws Exception {
        return call(current(), action, parameters);
    }

    /** The same by somebody else. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> call(Client caller, String action, Map<String, String> parameters)
            throws Exception {
        Params params = new Params()
                .setAction(action)
                .setVersion("2016-01-20")
                .setProtocol("http")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        OpenApiRequest request = new OpenApiRequest().setQuery(new HashMap<>(parameters));
        return (Map<String, Object>)
                caller.callApi(params, request, new RuntimeOptions()).get("body");
    }

    /** The SDK of the generation before. */
    public DefaultAcsClient legacy() {
        Properties key = administratorKey();
        return new DefaultAcsClient(DefaultProfile.getProfile(
                installation.region(), key.getProperty("AccessKeyId"), key.getProperty("AccessKeySecret")));
    }

    /** Points a request of the legacy SDK at the service under test. */
    public <R extends AcsRequest<?>> R here(R request, FormatType format) {
        request.setSysEndpoint(server.address());
        request.setSysProtocol(ProtocolType.HTTP);
        request.setSysAcceptFormat(format);
        return request;
    }

    private Config config() {
        Properties key = administratorKey();
        return new Config()
                .setEndpoint(server.address())
                .setProtocol("http")
                .setAccessKeyId(key.getProperty("AccessKeyId"))
                .setAccessKeySecret(key.getProperty("AccessKeySecret"));
    }

    private static Client client(Config config) {
        try {
            return new Client(config);
        } catch (Exception e) {
            throw new IllegalStateException("The SDK refuses its configuration", e);
        }
    }
}
