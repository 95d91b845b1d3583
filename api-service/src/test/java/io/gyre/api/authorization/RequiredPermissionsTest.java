package io.gyre.api.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.aliyun.kms20160120.models.EncryptRequest;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.gateway.OfInstances;
import io.gyre.api.testing.AccessPoints;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Secrets;
import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.NotPermitted;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.StsApi;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The table of permissions, row by row: what it takes, and that nothing less does. */
@QuarkusTest
class RequiredPermissionsTest {
    private static final String REGION = "cn-hangzhou";

    @Inject
    Authorization authorization;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Identities identities;

    @Inject
    Instances instances;

    @Inject
    AccessPoints accessPoints;

    @Inject
    @All
    @Default
    List<RpcAction> kms;

    @Inject
    @All
    @OfInstances
    List<RpcAction> gateway;

    @Inject
    @All
    @RamApi
    List<RpcAction> ram;

    @Inject
    @All
    @StsApi
    List<RpcAction> sts;

    @Test
    void everyActionThatIsServedStandsInTheTable() {
        Set<String> ofKms = names(kms);
        ofKms.addAll(names(gateway));
        assertEquals(ofKms, RequiredPermissions.of("Kms").keySet());
        assertEquals(names(ram), RequiredPermissions.of("Ram").keySet());
        assertEquals(names(sts), RequiredPermissions.of("Sts").keySet());
    }

    @Test
    void whoeverHasWhatAnActionNeedsMayCallItAndWhoeverLacksOneOfItMayNot() throws Throwable {
        Sample sample = sample();
        int denied = 0;
        for (String product : List.of("Kms", "Ram", "Sts")) {
            for (var row : RequiredPermissions.of(product).entrySet()) {
                List<Need> needs = row.getValue();
                Supplier<Uni<Void>> nothingLacks =
                        () -> authorization.permit(sample.request(product, row.getKey(), needs, needs));
                VertxContextSupport.subscribeAndAwait(nothingLacks);
                for (Need lacking : needs) {
                    List<Need> rest = new ArrayList<>(needs);
                    rest.remove(lacking);
                    NotPermitted refusal = assertThrows(
                            NotPermitted.class,
                            () -> VertxContextSupport.subscribeAndAwait(
                                    () -> authorization.permit(sample.request(product, row.getKey(), needs, rest))),
                            row.getKey() + " without " + lacking);
                    assertEquals(
                            "It needs " + lacking.permission() + " on " + sample.arn(lacking.place())
                                    + ", which no policy allows " + sample.user + ".",
                            refusal.missing());
                    denied++;
                }
            }
        }
        assertEquals(needs(), denied);
    }

    private static long needs() {
        return List.of("Kms", "Ram", "Sts").stream()
                .flatMap(product -> RequiredPermissions.of(product).values().stream())
                .mapToLong(List::size)
                .sum();
    }

    private static Set<String> names(List<RpcAction> actions) {
        return new TreeSet<>(actions.stream().map(RpcAction::name).toList());
    }

    private Sample sample() throws Exception {
        String key = keys.create();
        String other = keys.create();
        String alias = keys.nameByAlias(key);
        String secret = secrets.create(secrets.generic().setEncryptionKeyId(key));
        String blob = clients.current()
                .encrypt(new EncryptRequest()
                        .setKeyId(key)
                        .setPlaintext(Base64.getEncoder().encodeToString(new byte[] {1})))
                .getBody()
                .getCiphertextBlob();
        String user = identities.user();
        identities.attachToUser("AdministratorAccess", user);
        String point = accessPoints.accessPoint(accessPoints.policy(instances.create(), "[\"secret/*\"]", null));
        String clientKey = accessPoints.login(point).clientKeyId();
        return new Sample("user/" + user, secret, key, other, alias, blob, point, clientKey);
    }

    /** A user who may do everything, in a session that may do only what is listed. */
    private record Sample(
            String user,
            String secret,
            String key,
            String other,
            String alias,
            String blob,
            String point,
            String clientKey) {
        RpcRequest request(String product, String action, List<Need> needs, List<Need> granted) {
            TreeMap<String, String> parameters = new TreeMap<>();
            needs.forEach(need -> parameters.putAll(parameters(need.place())));
            AccessKey caller =
                    new AccessKey("LTAIsample", SecretText.of("x"), true, Identities.ACCOUNT, user, limit(granted));
            return new RpcRequest(product, action, "any", parameters, caller, "any", "127.0.0.1", true);
        }

        private String limit(List<Need> granted) {
            ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "1");
            ArrayNode statements = policy.putArray("Statement");
            statements
                    .addObject()
                    .put("Effect", "Allow")
                    .put("Action", "none:None")
                    .put("Resource", "*");
            granted.forEach(need -> statements
                    .addObject()
                    .put("Effect", "Allow")
                    .put("Action", need.permission())
                    .put("Resource", arn(need.place())));
            return policy.toString();
        }

        private Map<String, String> parameters(Place place) {
            return switch (place) {
                case SECRET, KEY_OF_SECRET, TAGGED -> Map.of("SecretName", secret);
                case ENCRYPTION_KEY -> Map.of("EncryptionKeyId", key);
                case KEY -> Map.of("KeyId", other);
                case PROTECTED_KEY -> Map.of("ProtectedResourceArn", arn(Place.PROTECTED_KEY));
                case KEY_OF_CIPHERTEXT -> Map.of("CiphertextBlob", blob);
                case DESTINATION_KEY -> Map.of("DestinationKeyId", other);
                case ALIAS, KEY_OF_ALIAS -> Map.of("AliasName", alias);
                case EACH_TAGGED -> Map.of("ResourceType", "key", "ResourceId.1", alias);
                case USER, OWNER -> Map.of("UserName", "alice");
                case RENAMED_USER -> Map.of("NewUserName", "alicia");
                case ROLE -> Map.of("RoleName", "deployer");
                case POLICY -> Map.of("PolicyName", "readers", "PolicyType", "Custom");
                case ASSUMED_ROLE -> Map.of("RoleArn", Identities.roleArn("deployer"));
                case NETWORK_RULE, POINT_POLICY, ACCESS_POINT -> Map.of("Name", "payments");
                case ACCESS_POINT_OF_KEYS -> Map.of("AapName", "payments");
                case CLIENT_KEY -> Map.of("ClientKeyId", clientKey);
                case SECRETS, KEYS, ALIASES, ACCOUNT, USERS, ROLES, POLICIES, SERVICE_ROLE, PATH -> Map.of();
            };
        }

        /** The one that the parameters name. */
        String arn(Place place) {
            return switch (place) {
                case SECRET, TAGGED -> kms("secret/" + secret);
                case SECRETS -> kms("secret");
                case KEY_OF_SECRET, ENCRYPTION_KEY, KEY_OF_CIPHERTEXT, KEY_OF_ALIAS, EACH_TAGGED, PROTECTED_KEY ->
                    kms("key/" + key);
                case KEY, DESTINATION_KEY -> kms("key/" + other);
                case KEYS -> kms("key");
                case ALIAS -> kms(alias);
                case ALIASES -> kms("alias");
                case ACCOUNT -> kms("*");
                case NETWORK_RULE -> kms("network/payments");
                case POINT_POLICY -> kms("policy/payments");
                case ACCESS_POINT, ACCESS_POINT_OF_KEYS -> kms("applicationaccesspoint/payments");
                case CLIENT_KEY -> kms("applicationaccesspoint/" + point);
                case USER, OWNER -> ram("user/alice");
                case RENAMED_USER -> ram("user/alicia");
                case USERS -> ram("user/*");
                case ROLE, ASSUMED_ROLE -> ram("role/deployer");
                case ROLES -> ram("role/*");
                case POLICY -> ram("policy/readers");
                case POLICIES -> ram("policy/*");
                case SERVICE_ROLE, PATH -> throw new AssertionError("No action of these APIs needs it.");
            };
        }

        private static String kms(String resource) {
            return "acs:kms:" + REGION + ":" + Identities.ACCOUNT + ":" + resource;
        }

        private static String ram(String resource) {
            return "acs:ram::" + Identities.ACCOUNT + ":" + resource;
        }
    }
}
