package io.gyre.rpc;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One call to an RPC API. Its parameters may hold secrets: it prints without them.
 *
 * @param endpoint scheme http or https, host and perhaps a port; no path
 * @param version of the API, for example {@code 2015-05-01}
 * @param parameters of the action; they travel in a form body, never in the request line
 * @param timeout for all of it: connection, request and answer
 */
public record RpcCall(
        URI endpoint,
        String version,
        String action,
        SortedMap<String, String> parameters,
        RpcCredentials credentials,
        Duration timeout) {

    public RpcCall {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "The endpoint " + endpoint + " is no URL: write it like https://ram.example.com");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The time-out of a call must be longer than " + timeout);
        }
    }

    @Override
    public String toString() {
        return "RpcCall[" + version + " " + action + " at " + endpoint + "]";
    }
}
