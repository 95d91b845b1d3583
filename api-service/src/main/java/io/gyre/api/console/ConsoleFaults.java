package io.gyre.api.console;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireTime;
import io.gyre.api.workers.CredentialOffers;
import io.gyre.rpc.RpcFault;
import java.time.Instant;
import java.util.Map;

/** Every refusal of the console, in one place; each a sentence that says what to do. Details are header fields of the answer. */
final class ConsoleFaults {
    private static final Map<Integer, String> TITLES = Map.of(
            403, "Refused",
            404, "Not found",
            500, "An accident",
            503, "Not possible now");

    private ConsoleFaults() {}

    /** What stands above a refusal's sentence. */
    static String title(RpcFault fault) {
        return TITLES.getOrDefault(fault.status(), "Not done");
    }

    static RpcFault overheard() {
        return new RpcFault(
                403,
                "PlainHttp",
                "The console is served by plain HTTP to its own machine alone, since others could listen: come by HTTPS"
                        + " (GYRE_OPS_TLS_CERTIFICATE and GYRE_OPS_TLS_KEY), or through a tunnel.");
    }

    static RpcFault misdirected() {
        return new RpcFault(
                421,
                "MisdirectedRequest",
                "This console is called otherwise: come by localhost, or set GYRE_CONSOLE_URL to the address that people use.");
    }

    static RpcFault noSuchPage() {
        return new RpcFault(
                404, "NoSuchPage", "There is no such page in the console: its start page names those there are.");
    }

    static RpcFault methodNotAllowed(String allowed) {
        return new RpcFault(
                405,
                "MethodNotAllowed",
                "Nothing here is asked for so: it takes " + allowed + " alone.",
                Map.of("Allow", allowed));
    }

    static RpcFault noForm() {
        return new RpcFault(
                415,
                "UnsupportedMediaType",
                "What was sent is no form of the console: go back, and send it from its page.");
    }

    static RpcFault unreadableForm() {
        return new RpcFault(
                400, "UnreadableForm", "The form cannot be read, and nothing was done: go back, and send it again.");
    }

    static RpcFault foreignForm() {
        return new RpcFault(
                403,
                "ForeignForm",
                "The form was not sent by a page of this console, so nothing was done: open the page here, and send it from"
                        + " there.");
    }

    static RpcFault staleForm() {
        return new RpcFault(
                403,
                "StaleForm",
                "The form belongs to another session, so nothing was done: open its page again, and send it from there.");
    }

    static RpcFault tooManyStreams() {
        return new RpcFault(
                503,
                "TooManyStreams",
                "Too many pages are watched live here: close some, or load this one again to see what is new.",
                Map.of("Retry-After", "60"));
    }

    static RpcFault sessionEnded() {
        return new RpcFault(
                401,
                "SessionEnded",
                "You are not logged in any more, so nothing was done: log in, and do it again.",
                Map.of("WWW-Authenticate", "Session"));
    }

    static RpcFault linkSpent() {
        return new RpcFault(
                403,
                "LinkSpent",
                "The link was used before, or is older than " + LoginLinks.LIFE.toSeconds()
                        + " s, or its AccessKey is disabled: ask for another one with ./gyre console.");
    }

    /** The same whether there is such a user or not, and a password or not. */
    static RpcFault wrongPassword() {
        return new RpcFault(
                401,
                "WrongPassword",
                "User name and password do not belong together: try again, or ask for a link with ./gyre console.",
                Map.of("WWW-Authenticate", "Session"));
    }

    /** @param seconds rounded up */
    static RpcFault locked(Instant until, long seconds) {
        return new RpcFault(
                429,
                "TooManyWrongPasswords",
                "Too many wrong passwords came for this user or from this address: try again at " + WireTime.text(until)
                        + ", or ask for a link with ./gyre console.",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    static RpcFault passwordsDiffer() {
        return new RpcFault(400, "PasswordsDiffer", "The new password was not typed the same twice: type it again.");
    }

    /** @param rule what it has to be, as a clause that ends the sentence */
    static RpcFault passwordNotTaken(String rule) {
        return new RpcFault(400, "PasswordNotTaken", "The new password is not taken: " + rule);
    }

    static RpcFault noPassword() {
        return new RpcFault(
                409,
                "NoPassword",
                "You logged in by a link, so there is no password to change here: whoever may call UpdateLoginProfile of the"
                        + " RAM API sets yours.");
    }

    static RpcFault draftGone() {
        return new RpcFault(
                400,
                "DraftGone",
                "What you had typed does not open any more, since it belongs to another session or was changed, so nothing was"
                        + " done: open the page again, and type it once more.");
    }

    static RpcFault verifiedTooOften() {
        return new RpcFault(
                429,
                "VerifiedTooOften",
                "This account was tried " + CredentialOffers.MOST_TRIES
                        + " times within ten minutes, so it was not tried again:"
                        + " find out what its credential is, and verify it in ten minutes.");
    }

    /** @param rotationType which workers serve it */
    static RpcFault notVerified(String rotationType) {
        return new RpcFault(
                503,
                "NotVerified",
                "No rotation worker tried the credential within "
                        + CredentialOffers.ANSWERED_WITHIN.toSeconds()
                        + " s, so nothing was created: start a rotation-worker that serves " + rotationType
                        + ", then verify again.");
    }

    static RpcFault noBase64() {
        return KmsFaults.invalid("SecretData", "binary data must be typed in Base64: encode it, or choose text.");
    }

    static RpcFault passphrasesDiffer() {
        return new RpcFault(
                400,
                "PassphrasesDiffer",
                "The passphrase was not typed the same twice, so no backup was taken: type it again.");
    }

    static RpcFault noFile() {
        return new RpcFault(
                400,
                "NoFile",
                "No file came with the form, so nothing was restored: choose the backup, and send it again.");
    }

    static RpcFault accident(String requestId) {
        return new RpcFault(
                500,
                "InternalFailure",
                "An accident happened here: the server's log has it under request " + requestId + ".");
    }
}
