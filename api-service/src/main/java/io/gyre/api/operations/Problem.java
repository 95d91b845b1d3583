package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gyre.rpc.RpcFault;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A refusal as RFC 9457 has it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "Why a request was refused (RFC 9457, application/problem+json).")
record Problem(
        @Schema(
                description = "Which kind of refusal this is.",
                examples = "urn:gyre:problem:RotationEnded",
                required = true)
        String type,

        @Schema(description = "The same in words.", examples = "Rotation ended", required = true)
        String title,

        @Schema(description = "The HTTP status.", examples = "409", required = true)
        int status,

        @Schema(description = "What was wrong, with which value, and what to do, in one sentence.", required = true)
        String detail,

        @Schema(description = "Names this one refusal; the server's log has its lines under it.") @Nullable
        String instance) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "urn:gyre:problem:";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Codes, statuses and sentences of the KMS API's gateway speak of that API. Here, who did not prove who they are is
     * told so by the status that HTTP has for it.
     */
    private static final Map<String, Integer> OF_SIGNATURES = Map.ofEntries(
            Map.entry("IncompleteSignature", 401),
            Map.entry("InvalidSignatureMethod", 401),
            Map.entry("SignatureDoesNotMatch", 401),
            Map.entry("IllegalTimestamp", 401),
            Map.entry("InvalidTimeStamp.Format", 401),
            Map.entry("InvalidTimeStamp.Expired", 401),
            Map.entry("InvalidAccessKeyId.NotFound", 401),
            Map.entry("MissingSecurityToken", 401),
            Map.entry("InvalidSecurityToken.Malformed", 401),
            Map.entry("InvalidSecurityToken.Expired", 401),
            Map.entry("InvalidSecurityToken.MismatchWithAccessKey", 401),
            Map.entry("InvalidAccessKeyId.Inactive", 403));

    private static final String MISMATCH =
            "The signature is not that of this AccessKey over this request: ACS3-HMAC-SHA256 signs method, path, query, the"
                    + " named headers and the hash of the body.";

    static Problem of(RpcFault fault, @Nullable String requestId) {
        String code = fault.code();
        return new Problem(
                TYPES + code,
                title(code),
                OF_SIGNATURES.getOrDefault(code, fault.status()),
                code.equals("SignatureDoesNotMatch") ? MISMATCH : fault.text(),
                requestId == null ? null : "urn:uuid:" + requestId);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem could not be written as JSON.", e);
        }
    }

    /** {@code RotationEnded} becomes {@code Rotation ended}. */
    private static String title(String code) {
        String words =
                code.replace('.', ' ').replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
