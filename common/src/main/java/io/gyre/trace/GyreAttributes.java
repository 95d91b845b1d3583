package io.gyre.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * What Gyre's spans tell beside OpenTelemetry's semantic conventions, and those of the conventions that several rooms use. The names
 * are a part of docs/traces.md.
 */
public final class GyreAttributes {
    /** The rotation: a UUID. */
    public static final AttributeKey<String> ROTATION_ID = AttributeKey.stringKey("gyre.rotation.id");

    /** {@code ram}, {@code rds} or {@code ecs}. */
    public static final AttributeKey<String> ROTATION_TYPE = AttributeKey.stringKey("gyre.rotation.type");

    /** {@code automatic}, {@code immediate} or {@code repair}. */
    public static final AttributeKey<String> TRIGGER = AttributeKey.stringKey("gyre.rotation.trigger");

    /** The phase of the rotation's machine that the step is in: docs/machines.md. */
    public static final AttributeKey<String> PHASE = AttributeKey.stringKey("gyre.rotation.phase");

    /** How often an effect has failed since the rotation last rested. */
    public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("gyre.rotation.attempt");

    /** What came of a step: {@code done}, {@code not_yet}, {@code refused} or {@code unclear}. */
    public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("gyre.rotation.outcome");

    /** How the rotation ended: {@code Succeeded} or {@code Failed}. */
    public static final AttributeKey<String> STATE = AttributeKey.stringKey("gyre.rotation.state");

    /** What answers for the credential, as limits are counted by it: an RDS instance, a RAM user, an ECS instance. */
    public static final AttributeKey<String> TARGET = AttributeKey.stringKey("gyre.rotation.target");

    /** The secret that is rotated. */
    public static final AttributeKey<String> SECRET_ARN = AttributeKey.stringKey("gyre.secret.arn");

    /** Of a call: as in its answer and in the audit log. */
    public static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("gyre.request.id");

    public static final AttributeKey<String> RPC_SYSTEM = AttributeKey.stringKey("rpc.system");
    public static final AttributeKey<String> RPC_SERVICE = AttributeKey.stringKey("rpc.service");
    public static final AttributeKey<String> RPC_METHOD = AttributeKey.stringKey("rpc.method");
    public static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    public static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    public static final AttributeKey<String> MESSAGING_SYSTEM = AttributeKey.stringKey("messaging.system");
    public static final AttributeKey<String> MESSAGING_DESTINATION =
            AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> MESSAGING_OPERATION = AttributeKey.stringKey("messaging.operation.name");
    public static final AttributeKey<String> MESSAGING_OPERATION_TYPE =
            AttributeKey.stringKey("messaging.operation.type");
    public static final AttributeKey<String> MESSAGING_GROUP = AttributeKey.stringKey("messaging.consumer.group.name");

    /** Alibaba Cloud's RPC style, whoever speaks it: Gyre's own API, and the clouds'. */
    public static final String RPC_STYLE = "acs_rpc";

    public static final String KAFKA = "kafka";

    private GyreAttributes() {}
}
