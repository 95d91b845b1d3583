package io.gyre.api.secrets;

import io.gyre.api.access.Installation;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.ResourcePolicy;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretArn;
import io.gyre.secret.SecretText;
import io.gyre.secret.SecretType;
import io.gyre.store.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CreateSecret is asked for, found valid.
 *
 * @param config none for Generic
 * @param credentials the credential in use first; a second one of a pair after it
 * @param dataType {@code text} or {@code binary}
 * @param policy as given; none where the default one is to hold
 * @param interval the rotation policy's; none where it is not to be rotated
 */
record NewSecret(
        SecretArn arn,
        SecretType type,
        @Nullable ExtendedConfig config,
        List<Credential> credentials,
        String dataType,
        String description,
        Tags tags,
        @Nullable String policy,
        @Nullable Duration interval) {
    static final int DESCRIPTION_LIMIT = 8192;

    /** Types that the API has and Gyre does not rotate. */
    private static final Set<String> OTHER_TYPES = Set.of("Redis", "PolarDB");

    private static final Set<String> DATA_TYPES = Set.of("text", "binary");

    /**
     * @param now on the calendar
     * @throws RpcFault MissingParameter, InvalidParameter or UnsupportedOperation
     */
    static NewSecret of(RpcRequest request, Installation installation, Instant now) {
        SecretType type = type(request);
        String name = request.required("SecretName");
        SecretText data = Credentials.required(request);
        boolean rotated = request.flag("EnableAutomaticRotation", false);
        refuseManagedParts(request, type, rotated);
        ExtendedConfig config = type.isManaged()
                ? ExtendedConfig.given(type, request.text("ExtendedConfig"), installation.region())
                : null;
        return new NewSecret(
                new SecretArn(installation.region(), request.caller().accountId(), nameOf(name, type, config)),
                type,
                config,
                config == null
                        ? List.of(new Credential(null, data))
                        : Credentials.atCreation(config.subType(), data, now),
                dataType(request, type.isManaged()),
                PlainText.description(request.text("Description"), DESCRIPTION_LIMIT),
                Tags.given(request.text("Tags")),
                policy(request),
                rotated ? Spans.rotationInterval(request) : null);
    }

    /**
     * @param keyId the key that it is encrypted with
     * @param instanceId the KMS instance that the caller named, if any
     */
    Secret toEntity(String keyId, @Nullable String instanceId, Instant now) {
        Secret secret = new Secret(arn, type, keyId, now)
                .described(description)
                .tagged(tags.toJson())
                .inInstance(instanceId)
                .governedBy(policy);
        if (config != null) {
            secret.managed(config.subType().wireName(), config.toJson());
        }
        return interval == null ? secret : secret.rotatedEvery(interval);
    }

    /** @throws NullPointerException for Generic, which has none */
    ExtendedConfig managedConfig() {
        return Objects.requireNonNull(config);
    }

    private static SecretType type(RpcRequest request) {
        String given = request.text("SecretType");
        if (given == null || given.isEmpty()) {
            return SecretType.GENERIC;
        }
        if (OTHER_TYPES.contains(given)) {
            throw KmsFaults.unsupported();
        }
        return SecretType.ofWireName(given)
                .orElseThrow(
                        () -> KmsFaults.invalid("SecretType", "it must be one of Generic, Rds, RAMCredentials, ECS."));
    }

    private static String nameOf(String given, SecretType type, @Nullable ExtendedConfig config) {
        String userName = config == null ? null : config.place().get("UserName");
        return userName == null ? SecretNames.chosen(type, given) : SecretNames.ofRamUser(given, userName);
    }

    private static @Nullable String policy(RpcRequest request) {
        String given = request.text("Policy");
        if (given == null || given.isEmpty()) {
            return null;
        }
        String instance = request.text("DKMSInstanceId");
        if (instance == null || instance.isEmpty()) {
            throw KmsFaults.policyUnsupported();
        }
        ResourcePolicy.check(given);
        return given;
    }

    /** What a Generic secret has not is refused rather than left out in silence. */
    private static void refuseManagedParts(RpcRequest request, SecretType type, boolean rotated) {
        if (type.isManaged()) {
            return;
        }
        String config = request.text("ExtendedConfig");
        if (config != null && !config.isEmpty()) {
            throw KmsFaults.invalid("ExtendedConfig", "a Generic secret has none.");
        }
        if (rotated) {
            throw KmsFaults.invalid(
                    "EnableAutomaticRotation", "a Generic secret is replaced by its owner, with PutSecretValue.");
        }
    }

    static String dataType(RpcRequest request, boolean managed) {
        String given = request.text("SecretDataType");
        String dataType = given == null || given.isEmpty() ? "text" : given;
        if (!DATA_TYPES.contains(dataType)) {
            throw KmsFaults.invalid("SecretDataType", "it must be text or binary.");
        }
        if (managed && !dataType.equals("text")) {
            throw KmsFaults.invalid("SecretDataType", "it must be text for this type of secret.");
        }
        return dataType;
    }
}
