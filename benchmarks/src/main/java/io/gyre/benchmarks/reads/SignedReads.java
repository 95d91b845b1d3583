package io.gyre.benchmarks.reads;

import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcV1Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** GetSecretValue, signed before the clock runs: what a client's signature costs the client is not the question. */
final class SignedReads {
    private SignedReads() {}

    /** @return path and query of so many calls, each with a nonce of its own, valid for 15 minutes */
    static List<String> of(int count, List<String> secrets, RpcCredentials caller) {
        List<String> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            targets.add(target(secrets.get(i % secrets.size()), caller));
        }
        return targets;
    }

    private static String target(String secret, RpcCredentials caller) {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of(
                "Action",
                "GetSecretValue",
                "Version",
                "2016-01-20",
                "SecretName",
                secret,
                "AccessKeyId",
                caller.accessKeyId(),
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureVersion",
                "1.0",
                "SignatureNonce",
                UUID.randomUUID().toString(),
                "Timestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        String signature = RpcV1Signature.sign(
                RpcV1Signature.stringToSign("GET", parameters),
                caller.accessKeySecret().reveal());
        parameters.put("Signature", signature);
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/?", ""));
    }
}
