package io.gyre.rpc;

/**
 * The refusals of the gateway, before any action is reached. Codes and texts are those of Alibaba Cloud's RPC gateway
 * (the KMS documents where they name one, the general RPC error table elsewhere).
 */
public final class GatewayFaults {
    /** In characters; more of a caller's text would make an answer unreadable. */
    private static final int MESSAGE_TEXT_LIMIT = 64;

    private GatewayFaults() {}

    public static RpcFault unknownPath(String path) {
        return new RpcFault(
                404,
                "InvalidAction.NotFound",
                "There is nothing at " + abbreviated(path) + ": send the request to the path /.");
    }

    public static RpcFault unknownAction(String action) {
        return new RpcFault(
                404,
                "InvalidAction.NotFound",
                "Specified api is not found, please check your url and method. There is no action "
                        + abbreviated(action) + ".");
    }

    public static RpcFault invalidVersion(String version, String expected) {
        return new RpcFault(
                400,
                "InvalidVersion",
                "Specified parameter Version is not valid: it is " + abbreviated(version) + ", and must be " + expected
                        + ".");
    }

    public static RpcFault unsupportedMethod(String method) {
        return new RpcFault(
                403,
                "UnsupportedHTTPMethod",
                "The HTTP method " + abbreviated(method) + " is not supported: use POST or GET.");
    }

    public static RpcFault missing(String parameter) {
        return new RpcFault(400, "MissingParameter", "The parameter \"" + parameter + "\" is needed but not provided.");
    }

    /** @param rule what a right value looks like, as a clause that ends the sentence */
    public static RpcFault invalid(String parameter, String rule) {
        return new RpcFault(
                400, "InvalidParameter", "The specified parameter \"" + parameter + "\" is not valid: " + rule);
    }

    public static RpcFault repeated(String parameter) {
        return new RpcFault(
                400,
                "InvalidParameter",
                "The parameter " + abbreviated(parameter) + " is given more than once: give it once.");
    }

    public static RpcFault unreadable(String what) {
        return new RpcFault(
                400,
                "ParseRequestParameterException",
                "Server parse parameters exception. Please check your input params: " + what);
    }

    public static RpcFault requestLineTooLong(int limit) {
        return new RpcFault(
                414,
                "RequestUriTooLarge",
                "The request line is longer than " + limit + " bytes: send large parameters in a form body.");
    }

    public static RpcFault bodyTooLarge(int limit) {
        return new RpcFault(413, "RequestEntityTooLarge", "The request body is larger than " + limit + " bytes.");
    }

    public static RpcFault headersTooLarge() {
        return new RpcFault(431, "RequestHeaderFieldsTooLarge", "The request's header fields are too large.");
    }

    public static RpcFault malformedHttp() {
        return new RpcFault(400, "ParseRequestParameterException", "The request is not well-formed HTTP.");
    }

    public static RpcFault incompleteSignature(String why) {
        return new RpcFault(
                400, "IncompleteSignature", "The request signature does not conform to Aliyun standards: " + why);
    }

    public static RpcFault invalidSignatureMethod(String method) {
        return new RpcFault(
                400,
                "InvalidSignatureMethod",
                "The signature method " + abbreviated(method) + " is not supported: sign with ACS3-HMAC-SHA256 or"
                        + " HMAC-SHA1.");
    }

    /**
     * @param stringToSign what the server computed; the message ends with exactly it, since the legacy SDK compares it
     *     with its own to tell a wrong secret from a wrong canonical form
     */
    public static RpcFault signatureDoesNotMatch(String stringToSign) {
        return new RpcFault(
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:" + stringToSign);
    }

    public static RpcFault timestampMissing(String parameter) {
        return new RpcFault(
                400,
                "IllegalTimestamp",
                "The input parameter \"" + parameter
                        + "\" that is mandatory for processing this request is not supplied.");
    }

    public static RpcFault timestampMalformed(String value) {
        return new RpcFault(
                400,
                "InvalidTimeStamp.Format",
                "Specified time stamp or date value is not well formatted: " + abbreviated(value)
                        + " is not like 2026-01-31T23:59:59Z.");
    }

    public static RpcFault timestampExpired(String value) {
        return new RpcFault(
                400,
                "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired: " + abbreviated(value)
                        + " is more than 15 minutes away from the server's clock.");
    }

    public static RpcFault unknownAccessKey() {
        return new RpcFault(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    }

    public static RpcFault inactiveAccessKey() {
        return new RpcFault(403, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
    }

    /** As products without words of their own tell it. */
    /** A request that was answered before, or another one with its nonce. */
    public static RpcFault nonceUsed() {
        return new RpcFault(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    /** @param missing what the caller lacks, a sentence */
    public static RpcFault noPermission(String missing) {
        return new RpcFault(403, "NoPermission", "You are not authorized to do this action. " + missing);
    }

    public static RpcFault missingSecurityToken() {
        return new RpcFault(
                400,
                "MissingSecurityToken",
                "The access key is a temporary one: send the SecurityToken that AssumeRole answered beside it.");
    }

    public static RpcFault securityTokenMalformed() {
        return new RpcFault(
                400,
                "InvalidSecurityToken.Malformed",
                "Specified security token is malformed: send the one that AssumeRole answered, unchanged.");
    }

    public static RpcFault securityTokenExpired() {
        return new RpcFault(
                400,
                "InvalidSecurityToken.Expired",
                "Specified security token is expired: ask for another one with AssumeRole.");
    }

    public static RpcFault securityTokenMismatch() {
        return new RpcFault(
                400,
                "InvalidSecurityToken.MismatchWithAccessKey",
                "Specified security token does not belong to the access key: send both as AssumeRole answered them.");
    }

    public static RpcFault shuttingDown() {
        return new RpcFault(
                503, "ServiceUnavailableTemporary", "Service Unavailable Temporary. It is shutting down: try again.");
    }

    /** The code is one that callers may try again after. */
    public static RpcFault databaseAway() {
        return new RpcFault(
                503,
                "ServiceUnavailableTemporary",
                "Service Unavailable Temporary. Its database cannot be reached: try again.");
    }

    /** Nothing was done, and nothing was answered. */
    public static RpcFault auditUnwritten() {
        return new RpcFault(
                503,
                "ServiceUnavailableTemporary",
                "Service Unavailable Temporary. The audit log cannot be written, so the call was not answered: try"
                        + " again.");
    }

    /** The log tells that the call was begun. */
    public static RpcFault outcomeUnwritten() {
        return new RpcFault(
                503,
                "ServiceUnavailableTemporary",
                "Service Unavailable Temporary. The call may have taken effect, but the audit log cannot be told how it"
                        + " ended: look before you try again.");
    }

    public static RpcFault throttled() {
        return new RpcFault(429, "Rejected.Throttling", "QPS Limit Exceeded");
    }

    public static RpcFault internal(String requestId) {
        return new RpcFault(
                500,
                "InternalFailure",
                "An internal error occurred. The server's log has it under request " + requestId + ".");
    }

    /** Caller-given text in a message is cut, so that an answer stays a sentence. */
    static String abbreviated(String text) {
        return "\"" + shortened(text) + "\"";
    }

    static String shortened(String text) {
        StringBuilder oneLine = new StringBuilder();
        text.codePoints()
                .limit(MESSAGE_TEXT_LIMIT)
                .map(c -> Character.isISOControl(c) || isHalf(c) ? '?' : c)
                .forEach(oneLine::appendCodePoint);
        return text.codePointCount(0, text.length()) <= MESSAGE_TEXT_LIMIT ? oneLine.toString() : oneLine + "…";
    }

    /** Half of a surrogate pair cannot be written as UTF-8. */
    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
