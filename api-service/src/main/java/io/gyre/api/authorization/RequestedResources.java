package io.gyre.api.authorization;

import io.gyre.api.access.Installation;
import io.gyre.api.accesspoints.PointArn;
import io.gyre.api.keys.AliasName;
import io.gyre.api.keys.CiphertextBlob;
import io.gyre.api.keys.KeyName;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.RamArn;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.secrets.SecretNames;
import io.gyre.api.tags.Tags;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretArn;
import io.gyre.store.KmsKey;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * What one request is about, read in one session. An ARN of RAM has no region, which a pattern's {@code *} fits as well as
 * its absence does.
 */
final class RequestedResources {
    private static final String SECRET = """
            select s, k from Secret s join KmsKey k on k.keyId = s.keyId
            where s.accountId = :account and s.name = :name
            """;

    private static final String KEY = "from KmsKey where accountId = :account and keyId = :id";

    private static final String KEY_OF_ALIAS = """
            select k from KmsKey k join KeyAlias a on a.keyId = k.keyId
            where a.accountId = :account and a.name = :alias
            """;

    private static final String POINT_OF_CLIENT_KEY =
            "select accessPoint from ClientKey where accountId = :account and clientKeyId = :id";

    private final Mutiny.StatelessSession session;
    private final Installation installation;
    private final RpcRequest request;
    private final String path;
    private final String account;

    /** Two permissions of GetSecretValue are about it. */
    private final Uni<FoundSecret> secret =
            Uni.createFrom().deferred(this::namedSecret).memoize().indefinitely();

    /** @param path of an operation; else empty */
    RequestedResources(Mutiny.StatelessSession session, Installation installation, RpcRequest request, String path) {
        this.session = session;
        this.installation = installation;
        this.request = request;
        this.path = path;
        this.account = request.caller().accountId();
    }

    /** @param key null where the service's own key encrypts it, or where there is no such secret */
    private record FoundSecret(Resource itself, @Nullable Resource key) {}

    /**
     * Mostly one; several where the request names several, none where it names none.
     *
     * @return fails with an {@link RpcFault} where the request does not name it as it should
     */
    Uni<List<Resource>> at(Place place) {
        return switch (place) {
            case SECRET -> secret.map(found -> List.of(found.itself()));
            case KEY_OF_SECRET -> secret.map(FoundSecret::key).map(RequestedResources::optional);
            case SECRETS -> one(kms("secret"));
            case KEY -> keyOf("KeyId", request.required("KeyId"));
            case ENCRYPTION_KEY -> request.optional("EncryptionKeyId") != null ? keyOf("EncryptionKeyId") : none();
            case PROTECTED_KEY -> keyOf("ProtectedResourceArn");
            case DESTINATION_KEY -> keyOf("DestinationKeyId");
            case KEY_OF_CIPHERTEXT ->
                key(CiphertextBlob.decode(request.required("CiphertextBlob")).keyId())
                        .map(List::of);
            case KEYS -> one(kms("key"));
            case ALIAS -> one(kms(AliasName.of(request)));
            case KEY_OF_ALIAS -> alias(AliasName.of(request)).map(List::of);
            case ALIASES -> one(kms("alias"));
            case TAGGED -> tagged();
            case EACH_TAGGED -> eachTagged();
            case ACCOUNT -> one(kms("*"));
            case NETWORK_RULE -> one(PointArn.networkRule(installation, account, request.required("Name")));
            case POINT_POLICY -> one(PointArn.policy(installation, account, request.required("Name")));
            case ACCESS_POINT -> one(PointArn.accessPoint(installation, account, request.required("Name")));
            case ACCESS_POINT_OF_KEYS -> one(PointArn.accessPoint(installation, account, request.required("AapName")));
            case CLIENT_KEY -> clientKey(request.required("ClientKeyId"));
            case USER -> one(ram(Principals.user(request.required("UserName"))));
            case RENAMED_USER ->
                request.optional("NewUserName") != null
                        ? one(ram(Principals.user(request.required("NewUserName"))))
                        : none();
            case OWNER -> one(ram(owner()));
            case USERS -> one(ram(Principals.user("*")));
            case ROLE -> one(ram(Principals.role(request.required("RoleName"))));
            case ROLES -> one(ram(Principals.role("*")));
            case POLICY -> one(policy());
            case POLICIES -> one(ram("policy/*"));
            case ASSUMED_ROLE -> one(request.required("RoleArn"));
            case SERVICE_ROLE -> one(RamArn.role(account, RotationRole.NAME));
            case PATH -> one("acs:gyre:" + installation.region() + ":" + account + ":" + path);
        };
    }

    private Uni<FoundSecret> namedSecret() {
        return secret(SecretNames.existing(request, installation));
    }

    private Uni<FoundSecret> secret(String name) {
        return session.createSelectionQuery(SECRET, Object[].class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(row -> row == null
                        ? new FoundSecret(
                                Resource.of(new SecretArn(installation.region(), account, name).toString()), null)
                        : found((Secret) row[0], (KmsKey) row[1]));
    }

    private FoundSecret found(Secret secret, KmsKey key) {
        return new FoundSecret(
                new Resource(
                        secret.arn(),
                        key.instanceId(),
                        secret.policy(),
                        Tags.stored(secret.tags()).values()),
                key.serviceKey() ? null : resource(key));
    }

    private Uni<List<Resource>> keyOf(String parameter) {
        return keyOf(parameter, request.required(parameter));
    }

    private Uni<List<Resource>> keyOf(String parameter, String given) {
        KeyName name = KeyName.of(parameter, given, installation, account);
        return (name.isAlias() ? alias(name.text()) : key(name.text())).map(List::of);
    }

    private Uni<Resource> key(String id) {
        return session.createSelectionQuery(KEY, KmsKey.class)
                .setParameter("account", account)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .map(key -> key == null ? Resource.of(kms("key/" + id)) : resource(key));
    }

    /** The key that has the alias; where none has it, the alias itself. */
    private Uni<Resource> alias(String alias) {
        return session.createSelectionQuery(KEY_OF_ALIAS, KmsKey.class)
                .setParameter("account", account)
                .setParameter("alias", alias)
                .getSingleResultOrNull()
                .map(key -> key == null ? Resource.of(kms(alias)) : resource(key));
    }

    private Resource resource(KmsKey key) {
        return new Resource(
                kms("key/" + key.keyId()),
                key.instanceId(),
                key.policy(),
                Tags.stored(key.tags()).values());
    }

    /** The access point that it logs in to; where there is no such key, everything in KMS. */
    private Uni<List<Resource>> clientKey(String id) {
        return session.createSelectionQuery(POINT_OF_CLIENT_KEY, String.class)
                .setParameter("account", account)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .map(point -> List.of(
                        Resource.of(point == null ? kms("*") : PointArn.accessPoint(installation, account, point))));
    }

    /** In the elder form of the tagging actions; more than one is a mistake that the action tells. */
    private Uni<List<Resource>> tagged() {
        if (request.optional("SecretName") != null) {
            return at(Place.SECRET);
        }
        return request.optional("KeyId") != null ? at(Place.KEY) : at(Place.ACCOUNT);
    }

    private Uni<List<Resource>> eachTagged() {
        boolean keys = request.required("ResourceType").equalsIgnoreCase("key");
        List<String> names = request.list("ResourceId");
        if (names.isEmpty()) {
            return at(keys ? Place.KEYS : Place.SECRETS);
        }
        return Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(name -> keys
                        ? keyOf("ResourceId", name).map(found -> found.get(0))
                        : secret(SecretNames.named("ResourceId", name, account, installation))
                                .map(FoundSecret::itself))
                .collect()
                .asList();
    }

    /** As RAM takes a request about keys that names no user. */
    private String owner() {
        if (request.optional("UserName") != null) {
            return Principals.user(request.required("UserName"));
        }
        String caller = request.caller().principal();
        return Principals.roleOfSession(caller).map(Principals::role).orElse(caller);
    }

    /** Those of the system belong to an account of that name. */
    private String policy() {
        String name = "policy/" + request.required("PolicyName");
        return "System".equals(request.text("PolicyType")) ? RamArn.of("system", name) : ram(name);
    }

    private String kms(String resource) {
        return KeyName.resource(installation, account, resource);
    }

    private String ram(String resource) {
        return RamArn.of(account, resource);
    }

    private static Uni<List<Resource>> one(String arn) {
        return Uni.createFrom().item(List.of(Resource.of(arn)));
    }

    private static Uni<List<Resource>> none() {
        return Uni.createFrom().item(List.of());
    }

    private static List<Resource> optional(@Nullable Resource resource) {
        return resource == null ? List.of() : List.of(resource);
    }
}
