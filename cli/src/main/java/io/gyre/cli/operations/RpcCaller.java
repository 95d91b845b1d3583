package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import io.gyre.rpc.RpcCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls an API of RPC style, signed; what it refuses is told in its own sentence. */
public final class RpcCaller {
    private static final int FIRST_REFUSAL = 400;

    private final SignedHttp http;
    private final String version;

    private RpcCaller(SignedHttp http, String version) {
        this.http = http;
        this.version = version;
    }

    /**
     * The KMS API of an installation.
     *
     * @param authorities a PEM file with the only ones to believe of a server's certificate; null for those the JDK knows
     */
    public static RpcCaller kms(URI endpoint, RpcCredentials key, @Nullable Path authorities) {
        return new RpcCaller(new SignedHttp(ServedApi.KMS, endpoint, key, authorities), "2016-01-20");
    }

    /** The simulated cloud's own API, of faults on demand. */
    public static RpcCaller simulator(URI endpoint, RpcCredentials account) {
        return new RpcCaller(new SignedHttp(ServedApi.SIMULATOR, endpoint, account, null), "2026-11-01");
    }

    /**
     * Performs an action.
     *
     * @throws PlatformException where it is refused, or nothing answers
     */
    public JsonNode call(String action, Map<String, String> parameters) {
        SignedHttp.Answer answer = http.send(
                "POST",
                "/",
                Map.of(
                        "content-type",
                        "application/x-www-form-urlencoded",
                        "x-acs-action",
                        action,
                        "x-acs-version",
                        version),
                SignedHttp.encoded(new TreeMap<>(parameters)));
        if (answer.status() >= FIRST_REFUSAL) {
            throw new ApiRefusal(
                    answer.body().path("Code").asText(),
                    answer.body().path("Message").asText("Refused with status " + answer.status() + "."));
        }
        return answer.body();
    }
}
