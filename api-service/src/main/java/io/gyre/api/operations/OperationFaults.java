package io.gyre.api.operations;

import io.gyre.api.campaign.CampaignOrder;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.outbox.TopicReader;
import io.gyre.api.rootkey.RunningProcess;
import io.gyre.api.workers.Verb;
import io.gyre.envelope.RootKeyId;
import io.gyre.rotation.RotationLock;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Every refusal of the operations API, in one place; each a sentence that says what to do. */
final class OperationFaults {
    /** In characters: more of a caller's text would make an answer unreadable. */
    private static final int QUOTED = 64;

    private OperationFaults() {}

    /** By then a passphrase may have been overheard: whoever is told so does not send it again. */
    static RpcFault overheard(int tlsPort) {
        return new RpcFault(
                403,
                "PlainHttp",
                "The operations API takes plain HTTP from its own machine alone, since others could listen: use https at port "
                        + tlsPort
                        + " (GYRE_OPS_TLS_PORT), which it serves with GYRE_OPS_TLS_CERTIFICATE and GYRE_OPS_TLS_KEY, and take"
                        + " another passphrase if you sent one.");
    }

    static RpcFault invalid(String what, String given, String rule) {
        return new RpcFault(400, "InvalidParameter", what + " is \"" + quoted(given) + "\": " + rule);
    }

    static RpcFault invalidToken(String given) {
        return invalid("nextToken", given, "give one that a list answered with, unchanged.");
    }

    static RpcFault missing(String field, String rule) {
        return new RpcFault(400, "MissingParameter", "The request's body has no " + field + ": " + rule);
    }

    static RpcFault missingQuery(String parameter, String rule) {
        return new RpcFault(400, "MissingParameter", "The request's query has no " + parameter + ": " + rule);
    }

    static RpcFault unreadableBody() {
        return new RpcFault(
                400,
                "UnreadableBody",
                "The request's body is no JSON object with the fields of this operation: send what its description in"
                        + " /q/openapi says.");
    }

    static RpcFault unsupportedMediaType() {
        return new RpcFault(
                415, "UnsupportedMediaType", "The request's body is of another type: send it as application/json.");
    }

    static RpcFault notAcceptable() {
        return new RpcFault(
                406,
                "NotAcceptable",
                "The answer is JSON, which the request does not accept: accept application/json.");
    }

    static RpcFault noSuchPath(String path) {
        return new RpcFault(
                404,
                "NoSuchPath",
                "There is nothing at \"" + quoted(path) + "\": the paths of this API are listed in /q/openapi.");
    }

    static RpcFault methodNotAllowed(String method) {
        return new RpcFault(
                405,
                "MethodNotAllowed",
                "This path does not take " + quoted(method) + ": /q/openapi lists the methods that it takes.");
    }

    static RpcFault badRequest(int status) {
        return new RpcFault(
                status, "BadRequest", "The request cannot be understood: /q/openapi describes those that can.");
    }

    static RpcFault rotationNotFound(String id) {
        return new RpcFault(
                404,
                "RotationNotFound",
                "There is no rotation " + id + ": it never was, or its secret has been deleted since.");
    }

    static RpcFault rotationEnded(String id, String state) {
        return new RpcFault(
                409,
                "RotationEnded",
                "Rotation " + id + " has ended (" + state
                        + "), so nothing can be ordered of it: RotateSecret begins another one.");
    }

    static RpcFault orderPending(Verb ordered, String by) {
        return new RpcFault(
                409,
                "OrderPending",
                "The order " + ordered.label() + " by " + by
                        + " has not been taken by a rotation worker yet: wait until it is.");
    }

    static RpcFault nothingToExtend(String rotationType) {
        return new RpcFault(
                400,
                "NothingToExtend",
                "A rotation of type " + rotationType
                        + " has no overlap to extend: only those of RAM AccessKeys have one.");
    }

    static RpcFault campaignNotFound(String id) {
        return new RpcFault(
                404, "CampaignNotFound", "There is no campaign " + id + ": GET /operations/v1/campaigns lists them.");
    }

    static RpcFault nothingSelected() {
        return new RpcFault(
                409,
                "NothingSelected",
                "No secret that can be rotated is like that, and no campaign was made: GET /operations/v1/secrets lists"
                        + " those there are.");
    }

    static RpcFault tooManySelected(int most) {
        return new RpcFault(
                409,
                "TooManySelected",
                "More than " + most + " secrets are like that, and no campaign was made: select fewer by their names,"
                        + " tags or targets.");
    }

    static RpcFault campaignNotSo(String id, CampaignState state, CampaignOrder order) {
        return new RpcFault(
                409,
                "CampaignNotSo",
                "Campaign " + id + " is " + state.label() + ", so " + order.label()
                        + " cannot be ordered of it: docs/campaigns.md tells what can.");
    }

    static RpcFault webhookNotFound(String id) {
        return new RpcFault(
                404, "WebhookNotFound", "There is no webhook " + id + ": GET /operations/v1/webhooks lists them.");
    }

    static RpcFault webhookDisabled(String id) {
        return new RpcFault(
                409,
                "WebhookDisabled",
                "Webhook " + id + " is disabled, since its receiver answered that it is gone: resume it first.");
    }

    static RpcFault tooManyWebhooks(int most) {
        return new RpcFault(
                409, "TooManyWebhooks", "There are " + most + " webhooks, and none was made: delete one first.");
    }

    static RpcFault deliveryNotFound(String delivery, String webhook) {
        return new RpcFault(
                404,
                "DeliveryNotFound",
                "Webhook " + webhook + " has no failed delivery " + delivery + ": GET /operations/v1/webhooks/"
                        + webhook + "/deliveries lists the newest ones; they are kept for 30 days.");
    }

    static RpcFault instanceNotFound(String id) {
        return new RpcFault(
                404,
                "InstanceNotFound",
                "There is no KMS instance \"" + quoted(id) + "\": GET /operations/v1/instances lists those there are.");
    }

    static RpcFault instanceReleased(String id) {
        return new RpcFault(
                409,
                "InstanceReleased",
                "KMS instance " + id + " was released, and its keys are destroyed: it cannot be renewed any more.");
    }

    static RpcFault instanceWithoutEnd(String id) {
        return new RpcFault(
                409, "InstanceWithoutEnd", "KMS instance " + id + " does not end: there is nothing to renew.");
    }

    static RpcFault instanceBusy(String id) {
        return new RpcFault(
                503,
                "InstanceBusy",
                "Keys of KMS instance " + id
                        + " are being made, changed or backed up for longer than a rotation of its key"
                        + " waits, and nothing was changed: try again.");
    }

    /** The envelope's sentence names what does not open; it holds no key. */
    static RpcFault instanceKeyStuck(String id, Throwable shut) {
        return new RpcFault(
                409,
                "InstanceKeyStuck",
                "The key of KMS instance " + id + " cannot be rotated, and nothing was changed: " + shut.getMessage());
    }

    static RpcFault noKeyToRotate(String id) {
        return new RpcFault(
                409,
                "InstanceReleased",
                "KMS instance " + id + " was released, and its keys are destroyed: there is none to rotate.");
    }

    static RpcFault nothingToBackUp(String id) {
        return new RpcFault(
                409,
                "InstanceReleased",
                "KMS instance " + id + " was released, and its keys are destroyed: only a backup"
                        + " that was taken before can be restored.");
    }

    static RpcFault backupTooLarge(String id, int megabytes) {
        return new RpcFault(
                409,
                "BackupTooLarge",
                "A backup of KMS instance " + id + " would have more than " + megabytes
                        + " MiB, and no part of it was made: delete secrets that are not needed.");
    }

    /** It does not say which, since nobody can tell. */
    static RpcFault backupUnreadable() {
        return new RpcFault(
                400,
                "BackupUnreadable",
                "The backup does not open, and nothing was restored: the passphrase is another one, or the file was"
                        + " changed, or is not whole.");
    }

    static RpcFault backupForeign(String region, String account, int format) {
        return new RpcFault(
                409,
                "BackupForeign",
                "The backup was taken in region \"" + quoted(region) + "\" of account \"" + quoted(account)
                        + "\" in format " + format
                        + ", and nothing was restored: its secrets open in that region of that account alone.");
    }

    static RpcFault restoreInTheWay(String what) {
        return new RpcFault(
                409,
                "RestoreInTheWay",
                "The backup holds " + quoted(what)
                        + ", which is there already, in an instance that was not released; nothing was restored.");
    }

    static RpcFault backupsBusy() {
        return new RpcFault(
                503, "BackupsBusy", "Another backup is being restored in this process: try again when it is done.");
    }

    static RpcFault rootKeyUnknown(RootKeyId to, List<RootKeyId> known) {
        return new RpcFault(
                409,
                "RootKeyUnknown",
                "This process was not given root key " + to + " but "
                        + String.join(
                                " and ", known.stream().map(RootKeyId::hex).toList())
                        + ": start every process with both, GYRE_ROOT_KEY… and GYRE_OTHER_ROOT_KEY….");
    }

    static RpcFault rootKeyNotEverywhere(RootKeyId to, RunningProcess without) {
        return new RpcFault(
                409,
                "RootKeyNotEverywhere",
                without.kind() + " " + without.name() + ", heard of " + without.heardSecondsAgo()
                        + " s ago, was not given root key " + to
                        + ", and would open nothing any more: start it with both keys, or, where it is gone, wait for 30 s.");
    }

    static RpcFault rootKeyCurrent(RootKeyId to) {
        return new RpcFault(
                409,
                "RootKeyCurrent",
                "Root key " + to
                        + " is the current one already: GET /operations/v1/root-keys tells how far its rotation is.");
    }

    /** The same answer of Kafka's, or the refusal where it does not come. */
    static <T> Uni<T> unlessKafkaIsAway(Uni<T> answer) {
        return answer.onFailure(TopicReader.KafkaAway.class).transform(away -> kafkaAway());
    }

    static RpcFault kafkaAway() {
        return new RpcFault(
                503,
                "KafkaAway",
                "Kafka does not answer within seconds: see that the broker runs at gyre.kafka.bootstrap-servers, then try"
                        + " again.");
    }

    static RpcFault topicNotFound(String topic) {
        return new RpcFault(404, "TopicNotFound", "There is no topic " + topic + ": create it first.");
    }

    static RpcFault topicNotEmpty(String topic, long records) {
        return new RpcFault(
                409,
                "TopicNotEmpty",
                "Topic " + topic + " holds records, " + records
                        + " of them: name an empty one, or say that it is to be taken nevertheless (force).");
    }

    static RpcFault deadLetterNotFound(String id) {
        return new RpcFault(
                404,
                "DeadLetterNotFound",
                "There is no dead letter " + id
                        + ": GET /operations/v1/dead-letters lists the newest ones; they are kept for 30 days.");
    }

    static RpcFault deadLetterUnreadable(String id) {
        return new RpcFault(
                409,
                "DeadLetterUnreadable",
                "Dead letter " + id
                        + " is no request for a rotation: give as value what it should have been, an object with rotationId,"
                        + " secretArn and rotationType.");
    }

    static RpcFault requestMismatch(String rotation, String rotationType, String secretArn) {
        return new RpcFault(
                409,
                "RequestMismatch",
                "Rotation " + rotation + " is of type " + rotationType + " and of secret " + secretArn
                        + ": a request for it has the same rotationType and secretArn.");
    }

    static RpcFault orphanNotFound(String id) {
        return new RpcFault(
                404,
                "OrphanNotFound",
                "There is no orphan " + id + ": GET /operations/v1/orphans lists those there are.");
    }

    static RpcFault orphanRemoved(String credential) {
        return new RpcFault(
                409, "OrphanRemoved", credential + " has been removed from its target already: nothing is left to do.");
    }

    /** The sentence is the KMS documentation's, word for word. */
    static RpcFault beingRotated() {
        return new RpcFault(409, "SecretBeingRotated", RotationLock.REFUSAL);
    }

    static RpcFault nothingToRepair(String secretName) {
        return new RpcFault(
                409,
                "NothingToRepair",
                "No look found that the target refuses a credential of " + quoted(secretName)
                        + ": have it looked at first (./gyre drift check), or rotate it as ever by RotateSecret.");
    }

    static RpcFault noWorkerAnswered(String secretName, long seconds) {
        return new RpcFault(
                503,
                "NoWorkerAnswered",
                "No rotation worker looked at the target of " + secretName + " within " + seconds
                        + " s: start a rotation-worker that serves this type (./gyre status shows those of the local"
                        + " platform), then ask again.");
    }

    static RpcFault internal(String requestId) {
        return new RpcFault(
                500,
                "InternalFailure",
                "An internal error occurred: the server's log has it under request " + requestId + ".");
    }

    /** As much of a caller's text as fits a sentence, on one line. */
    private static String quoted(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(QUOTED)
                .map(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || c == '"' ? '?' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }
}
