package io.gyre.api.gateway;

import io.gyre.rpc.Digests;
import io.gyre.rpc.HttpCall;
import io.gyre.rpc.RpcFault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of itself before anyone has checked it: which client key signed it, when, and what is called. The
 * signature is over the method, the hash of the body, its type, the date, and every header that begins with {@code x-kms-}.
 */
final class LoginClaim {
    /** How far a request's date may be from the server's clock, to either side. */
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private static final String METHOD = "RSA_PKCS1_SHA_256";
    private static final String SCHEME = "Bearer ";
    private static final String SIGNED_HEADERS = "x-kms-";

    /** With three c, as the SDKs write it. */
    private static final String CLIENT_KEY_ID = "x-kms-acccesskeyid";

    private static final String API_NAME = "x-kms-apiname";

    private final HttpCall call;

    LoginClaim(HttpCall call) {
        this.call = call;
    }

    /** Null where it names none. */
    static @Nullable String clientKeyId(HttpCall call) {
        return call.header(CLIENT_KEY_ID);
    }

    /** Null where it names none. */
    static @Nullable String apiName(HttpCall call) {
        return call.header(API_NAME);
    }

    String clientKeyId() {
        return required(CLIENT_KEY_ID);
    }

    String apiName() {
        return required(API_NAME);
    }

    /** @throws RpcFault for whatever else than the one version of the protocol and the one method of signing */
    void verifyProtocol() {
        if (!required("x-kms-apiversion").equals(InstanceGateway.VERSION)) {
            throw InstanceFaults.invalidApiVersion();
        }
        if (!required("x-kms-signaturemethod").equals(METHOD)) {
            throw InstanceFaults.invalid("x-kms-signaturemethod");
        }
    }

    /** @throws RpcFault where the date is no HTTP date, or too far from now */
    void verifyDate(Instant now) {
        Instant signed;
        try {
            signed =
                    DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(required("date"), Instant::from);
        } catch (DateTimeParseException e) {
            throw InstanceFaults.invalid("Date");
        }
        if (Duration.between(signed, now).abs().compareTo(WINDOW) > 0) {
            throw InstanceFaults.timeTooSkewed();
        }
    }

    /** @throws RpcFault where another body arrived than the one that the signature is over */
    void verifyBody() {
        if (!Digests.sha256Hex(call.body()).equalsIgnoreCase(required("content-sha256"))) {
            throw InstanceFaults.invalid("Content-SHA256");
        }
    }

    /** @throws RpcFault SignatureNotMatch */
    void verifySignature(PublicKey key) {
        String authorization = required("authorization");
        if (!authorization.startsWith(SCHEME)) {
            throw InstanceFaults.invalid("Authorization");
        }
        boolean right;
        try {
            byte[] given = Base64.getDecoder().decode(authorization.substring(SCHEME.length()));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(stringToSign().getBytes(StandardCharsets.UTF_8));
            right = signature.verify(given);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            right = false;
        }
        if (!right) {
            throw InstanceFaults.signatureNotMatch();
        }
    }

    private String stringToSign() {
        StringBuilder text = new StringBuilder(call.method())
                .append('\n')
                .append(required("content-sha256"))
                .append('\n')
                .append(required("content-type"))
                .append('\n')
                .append(required("date"))
                .append('\n');
        new TreeMap<>(call.headers()).forEach((name, value) -> {
            if (name.startsWith(SIGNED_HEADERS)) {
                text.append(name).append(':').append(value.strip()).append('\n');
            }
        });
        return text.append('/').toString();
    }

    private String required(String header) {
        String value = call.header(header);
        if (value == null || value.isEmpty()) {
            throw InstanceFaults.missing(header);
        }
        return value;
    }
}
