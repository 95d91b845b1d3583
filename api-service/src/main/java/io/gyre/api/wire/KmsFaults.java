package io.gyre.api.wire;

import io.gyre.rotation.RotationLock;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import java.time.Duration;
import java.util.Map;

/**
 * Every refusal of the KMS API, in one place. Statuses, codes and texts are those of the published API metadata, its
 * spelling errors included; where the sources say nothing, the choice is Gyre's own and says so. What the gateway
 * refuses before any action is reached stands in {@link GatewayFaults}.
 */
public final class KmsFaults {
    private static final String FORBIDDEN = "This operation is forbidden by permission system. ";

    private KmsFaults() {}

    public static RpcFault missing(String parameter) {
        return GatewayFaults.missing(parameter);
    }

    /** @param rule what a right value looks like, as a clause that ends the sentence; never the value itself */
    public static RpcFault invalid(String parameter, String rule) {
        return GatewayFaults.invalid(parameter, rule);
    }

    /** The same in the words of some actions, which {@link ActionWording} names. */
    public static RpcFault someInvalid(String parameter, String rule) {
        return new RpcFault(
                400,
                "InvalidParameter",
                "some of the specified parameters \"" + parameter + "\" is not valid: " + rule);
    }

    public static RpcFault invalidRotationInterval() {
        return new RpcFault(400, "InvalidParameter", "The specified parameter RotationInterval is not valid.");
    }

    /** For an action or option that this type of secret or key does not have. */
    public static RpcFault unsupported() {
        return new RpcFault(400, "UnsupportedOperation", "This action is not supported.");
    }

    /** @param missing what the caller lacks, a sentence */
    public static RpcFault noPermission(String missing) {
        return new RpcFault(403, "Forbidden.NoPermission", FORBIDDEN + missing);
    }

    /** The same in the words of some actions, which {@link ActionWording} names. */
    public static RpcFault notAuthorized(String missing) {
        return new RpcFault(
                403, "Forbidden.NoPermission", "You are not authorized to perform the operation. " + missing);
    }

    /** The same with the status of some actions, which {@link ActionWording} names. */
    public static RpcFault noPermissionAsMistake(String missing) {
        return new RpcFault(400, "Forbidden.NoPermission", FORBIDDEN + missing);
    }

    /**
     * The account has not let the rotation of RAM secrets do its work. Code and sentence are the documentation's; the
     * status and the field AuthorizationUrl are Gyre's choice.
     *
     * @param authorizationUrl where a RAM administrator grants it
     */
    public static RpcFault ramRoleNotFound(String authorizationUrl) {
        return new RpcFault(
                403,
                "Forbidden.RamRoleNotFound",
                "You are not authorized to do this action",
                Map.of("AuthorizationUrl", authorizationUrl));
    }

    public static RpcFault secretNotFound() {
        return new RpcFault(404, "Forbidden.ResourceNotFound", "Resource not found.");
    }

    public static RpcFault secretExists() {
        return new RpcFault(409, "Rejected.ResourceExist", "The resource already exists.");
    }

    /** A version id is taken by another value. */
    public static RpcFault versionExists() {
        return new RpcFault(409, "Rejected.ResourceExist", "The request was rejected becasue key already exsit");
    }

    /** For CreateSecret, whose text differs from that of the other actions. */
    public static RpcFault nameInDeleteWindow() {
        return new RpcFault(409, "Rejected.ResourceInDeleteWindow", "The secret is planned to be deleted.");
    }

    public static RpcFault inDeleteWindow() {
        return new RpcFault(409, "Rejected.ResourceInDeleteWindow", "secret in delete peroid");
    }

    /** RestoreSecret of a secret that is not planned for deletion. */
    public static RpcFault notPlannedForDeletion() {
        return new RpcFault(409, "Rejected.ResourceInUse", "restore normal secret");
    }

    /** A stage label is not where the caller wants it taken from. */
    public static RpcFault stageElsewhere() {
        return new RpcFault(400, "Rejected.InvalidRequest", "param mismatch");
    }

    /** A move of labels after which one version would be ACSCurrent and ACSPrevious. */
    public static RpcFault stagesCollide() {
        return new RpcFault(400, "Rejected.UnsupportedOperation", "secret stages in unnormal status");
    }

    /** Only what lies in a KMS instance has a policy; the text speaks of keys for secrets too. */
    public static RpcFault policyUnsupported() {
        return new RpcFault(400, "Forbidden.KeyPolicyUnSupported", "The specified key does not support key policy.");
    }

    public static RpcFault invalidTagKey() {
        return new RpcFault(
                400,
                "InvalidParameter.TagKey",
                "The specified parameter is not valid: a tag's key has 1 to 128 letters, digits, spaces and"
                        + " / \\ _ . + = : @ -, and begins with neither aliyun nor acs:.");
    }

    public static RpcFault invalidTagValue() {
        return new RpcFault(
                400,
                "InvalidParameter.TagValue",
                "The specified parameter is not valid: a tag's value has at most 128 letters, digits, spaces and"
                        + " / \\ _ . + = : @ -.");
    }

    public static RpcFault duplicateTagKey() {
        return new RpcFault(400, "Duplicate.TagKey", "The specified tagKey is duplicate.");
    }

    /** Of the newer tagging actions, whatever kind of resource they are about. */
    public static RpcFault resourceIdNotFound() {
        return new RpcFault(404, "InvalidResourceId.NotFound", "The specified ResourceId is not found.");
    }

    /** The sentence is the documentation's; status and code, which no source tells, are Gyre's choice. */
    public static RpcFault beingRotated() {
        return new RpcFault(409, "Rejected.ResourceInUse", RotationLock.REFUSAL);
    }

    /**
     * The account verification of CreateSecret; the code is Gyre's choice, and the documentation's reasons are the
     * findings: the instance is gone or does not run, or an account is gone.
     *
     * @param finding what a look at the instance found, and what to do
     */
    public static RpcFault accountNotVerified(String finding) {
        return new RpcFault(400, "InvalidParameter", "The account verification failed: " + finding);
    }

    /** The status is Gyre's choice; the code is the one that callers may try again after. */
    public static RpcFault noWorkerVerified(String instance, Duration within) {
        return new RpcFault(
                503,
                "ServiceUnavailableTemporary",
                "No rotation worker looked at RDS instance " + instance + " within " + within.toSeconds()
                        + " s, so the accounts are not verified: start a rotation-worker that serves rds, then try"
                        + " again.");
    }

    /** As many versions or stage labels as a secret can have, and none that could go. */
    public static RpcFault secretLimitExceeded() {
        return new RpcFault(400, "Rejected.LimitExceeded", "exceed secret limits error");
    }

    public static RpcFault keyNotFound() {
        return new RpcFault(404, "Forbidden.KeyNotFound", "The specified Key is not found.");
    }

    public static RpcFault aliasNotFound() {
        return new RpcFault(404, "Forbidden.AliasNotFound", "The specified Alias is not found.");
    }

    /** @param state the key's state as on the wire: Disabled, PendingDeletion, PendingImport, Unavailable */
    public static RpcFault keyIs(String state) {
        return new RpcFault(
                409, "Rejected." + state, "The request was rejected because the key state is " + state + ".");
    }

    /** The FAQ's "Secret status is unavailable"; the text says what it says there. */
    public static RpcFault instanceExpired(String instance) {
        return new RpcFault(
                409,
                "Rejected.Unavailable",
                "The request was rejected because the key state is Unavailable: the KMS instance " + instance
                        + " has expired. Renew it within 15 days after its expiry; then it is released, and what is"
                        + " encrypted in it is lost.");
    }

    /** The same, later. */
    public static RpcFault instanceReleased(String instance) {
        return new RpcFault(
                409,
                "Rejected.Unavailable",
                "The request was rejected because the key state is Unavailable: the KMS instance " + instance
                        + " has expired and was released, and its keys with it.");
    }

    /** Code and text are Gyre's choice. */
    public static RpcFault keyVersionNotFound() {
        return new RpcFault(404, "Forbidden.KeyVersionNotFound", "The specified KeyVersion is not found.");
    }

    /** ScheduleKeyDeletion of a key that SetDeletionProtection protects; code and text are Gyre's choice. */
    public static RpcFault keyProtected() {
        return new RpcFault(
                409,
                "Rejected.DeletionProtected",
                "The request was rejected because the key is protected from deletion: end that first, with"
                        + " SetDeletionProtection.");
    }

    /** What no key of the account encrypted, or not in this context; which of these, is not told. */
    public static RpcFault invalidCiphertext() {
        return new RpcFault(400, "InvalidCiphertext", "The specified CiphertextBlob is not valid.");
    }

    public static RpcFault aliasExists() {
        return new RpcFault(400, "AliasAlreadyExists", "The specified Alias already exists.");
    }

    /** A name that is kept for the service itself. */
    public static RpcFault aliasUnsupported() {
        return new RpcFault(400, "Unsupported.Alias", "The specified Alias is not supported: alias/acs/ is reserved.");
    }

    public static RpcFault instanceNotFound() {
        return new RpcFault(403, "Forbidden.DKMSInstanceNotFound", "The specified DKMS Instance is not found.");
    }

    /** A dry run always fails; this is how it says that the call itself would not. The status is Gyre's choice. */
    public static RpcFault dryRunWouldSucceed() {
        return new RpcFault(
                400, "DryRunOperationError", "The request would have succeeded, but the DryRun parameter is set.");
    }

    /** A dry run of a call that the caller may not make. The status is Gyre's choice. */
    public static RpcFault dryRunNotPermitted(String missing) {
        return new RpcFault(403, "AccessDeniedError", FORBIDDEN + missing);
    }

    /** A dry run of a call that would be refused. The status is Gyre's choice. */
    public static RpcFault dryRunWouldFail(RpcFault refusal) {
        return new RpcFault(400, "ValidationError", refusal.code() + ": " + refusal.text());
    }
}
