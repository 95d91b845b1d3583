package io.gyre.rpc;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of itself before anyone has checked it: who signed it, when, which action, and how to find out
 * whether that is so. Both generations end here.
 */
final class SignatureClaim {
    /** How far a request's date may be from the server's clock, to either side. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final String SECURITY_TOKEN = "x-acs-security-token";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssX", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final String accessKeyId;
    private final String action;
    private final String version;
    private final String date;
    private final @Nullable String securityToken;
    private final String nonce;
    private final Check check;

    private SignatureClaim(
            String accessKeyId,
            String action,
            String version,
            String date,
            @Nullable String securityToken,
            String nonce,
            Check check) {
        this.accessKeyId = accessKeyId;
        this.action = action;
        this.version = version;
        this.date = date;
        this.securityToken = securityToken;
        this.nonce = nonce;
        this.check = check;
    }

    /** Recomputes the signature; throws SignatureDoesNotMatch. */
    @FunctionalInterface
    private interface Check {
        void with(String accessKeySecret);
    }

    String accessKeyId() {
        return accessKeyId;
    }

    /** What is asked for: the action of an RPC, method and path of a REST request. */
    String action() {
        return action;
    }

    /** Of the API; empty for a REST request, whose path says it. */
    String version() {
        return version;
    }

    /** What proves a temporary key; signed as all else. Null where none was sent. */
    @Nullable
    String securityToken() {
        return securityToken;
    }

    /** What tells this request from all others that the key signs within the window. */
    String nonce() {
        return nonce;
    }

    /** @throws RpcFault where the request is unsigned, its signature incomplete, or of an unknown method */
    static SignatureClaim of(HttpCall call, CallParameters parameters) {
        String authorization = call.header("authorization");
        if (authorization != null) {
            return acs3(
                    call,
                    parameters.query(),
                    Acs3Signature.Authorization.parse(authorization, Acs3Signature.RPC_HEADERS),
                    signedOnce("x-acs-action", call, "Action", parameters.merged()),
                    signedOnce("x-acs-version", call, "Version", parameters.merged()),
                    parameters.merged().get("SecurityToken"));
        }
        if (parameters.merged().containsKey("Signature")) {
            return v1(call, parameters.merged());
        }
        throw GatewayFaults.incompleteSignature("the request is not signed.");
    }

    /**
     * The claim of a REST request, which must be signed by the current generation.
     *
     * @throws RpcFault where the request is unsigned, its signature incomplete, or of an unknown method
     */
    static SignatureClaim ofRest(HttpCall call) {
        String header = call.header("authorization");
        if (header == null) {
            throw GatewayFaults.incompleteSignature("the request is not signed.");
        }
        return acs3(
                call,
                PercentEncoding.query(call.query()),
                Acs3Signature.Authorization.parse(header, Acs3Signature.REST_HEADERS),
                call.method() + " " + call.path(),
                "",
                null);
    }

    /**
     * @return when the request is too old to be answered
     * @throws RpcFault where the date is malformed, or further from now than {@link #WINDOW}
     */
    Instant verifyDate(Instant now) {
        Instant signed;
        try {
            // "Z" alone is accepted, as the documents have it: another offset would need a second reading.
            signed = date.endsWith("Z") ? DATE.parse(date, Instant::from) : null;
        } catch (DateTimeParseException e) {
            signed = null;
        }
        if (signed == null) {
            throw GatewayFaults.timestampMalformed(date);
        }
        if (Duration.between(signed, now).abs().compareTo(WINDOW) > 0) {
            throw GatewayFaults.timestampExpired(date);
        }
        return signed.plus(WINDOW);
    }

    /** @throws RpcFault SignatureDoesNotMatch */
    void verifySignature(AccessKey key) {
        check.with(key.secret().reveal());
    }

    /** Headers are not signed in this generation: x-acs-action and x-acs-version count for nothing. */
    private static SignatureClaim v1(HttpCall call, SortedMap<String, String> parameters) {
        String signature = parameters.getOrDefault("Signature", "");
        if (signature.isEmpty()) {
            throw GatewayFaults.incompleteSignature("the parameter Signature is empty.");
        }
        String method = required(parameters, "SignatureMethod");
        if (!method.equals("HMAC-SHA1")) {
            throw GatewayFaults.invalidSignatureMethod(method);
        }
        String type = parameters.getOrDefault("SignatureType", "");
        if (!type.isEmpty()) {
            throw GatewayFaults.invalidSignatureMethod(type);
        }
        String version = parameters.getOrDefault("SignatureVersion", "1.0");
        if (!version.equals("1.0")) {
            throw GatewayFaults.incompleteSignature("SignatureVersion must be 1.0.");
        }
        return new SignatureClaim(
                required(parameters, "AccessKeyId"),
                required(parameters, "Action"),
                required(parameters, "Version"),
                date(parameters.get("Timestamp"), "Timestamp"),
                orNull(parameters.get("SecurityToken")),
                nonce(parameters.get("SignatureNonce"), signature),
                secret -> RpcV1Signature.verify(call.method(), parameters, signature, secret));
    }

    /** @param tokenParameter the token where a request names it by a parameter too, or by that alone */
    private static SignatureClaim acs3(
            HttpCall call,
            SortedMap<String, String> query,
            Acs3Signature.Authorization authorization,
            String action,
            String version,
            @Nullable String tokenParameter) {
        String named = call.header("x-acs-accesskey-id");
        if (named != null && !named.equals(authorization.accessKeyId())) {
            throw GatewayFaults.incompleteSignature(
                    "the header x-acs-accesskey-id is not the same as Credential in the Authorization header.");
        }
        String bodyHash = Digests.sha256Hex(call.body());
        if (!bodyHash.equals(call.header("x-acs-content-sha256"))) {
            throw GatewayFaults.incompleteSignature("x-acs-content-sha256 is not the hash of the body that arrived.");
        }
        return new SignatureClaim(
                authorization.accessKeyId(),
                action,
                version,
                date(call.header("x-acs-date"), "x-acs-date"),
                token(call, authorization, orNull(tokenParameter)),
                nonce(call.header("x-acs-signature-nonce"), authorization.signature()),
                secret -> Acs3Signature.verify(
                        Acs3Signature.canonicalRequest(
                                call.method(),
                                call.path(),
                                query,
                                call::header,
                                authorization.signedHeaders(),
                                bodyHash),
                        authorization,
                        secret));
    }

    private static @Nullable String token(
            HttpCall call, Acs3Signature.Authorization authorization, @Nullable String parameter) {
        String header = orNull(call.header(SECURITY_TOKEN));
        if (header == null) {
            return parameter;
        }
        if (!authorization.signedHeaders().contains(SECURITY_TOKEN)) {
            throw GatewayFaults.incompleteSignature("the header " + SECURITY_TOKEN + " must be signed.");
        }
        if (parameter != null && !parameter.equals(header)) {
            throw GatewayFaults.incompleteSignature(
                    "the parameter SecurityToken is not the same as the signed header " + SECURITY_TOKEN + ".");
        }
        return header;
    }

    /** The elder documents do not demand one: then the signature itself is used once, and two in one second are one. */
    private static String nonce(@Nullable String given, String signature) {
        return given == null || given.isEmpty() ? signature : given;
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** What is done must be what was signed, so a parameter that says otherwise is refused, not overruled. */
    private static String signedOnce(
            String header, HttpCall call, String parameter, SortedMap<String, String> parameters) {
        String signed = call.header(header);
        if (signed == null || signed.isEmpty()) {
            throw GatewayFaults.missing(header);
        }
        String repeated = parameters.get(parameter);
        if (repeated != null && !repeated.equals(signed)) {
            throw GatewayFaults.incompleteSignature(
                    "the parameter " + parameter + " is not the same as the signed header " + header + ".");
        }
        return signed;
    }

    private static String required(SortedMap<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw GatewayFaults.missing(name);
        }
        return value;
    }

    private static String date(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw GatewayFaults.timestampMissing(name);
        }
        return value;
    }
}
