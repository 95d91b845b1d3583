package io.gyre.api.authorization;

import static io.gyre.api.authorization.Place.ACCESS_POINT;
import static io.gyre.api.authorization.Place.ACCESS_POINT_OF_KEYS;
import static io.gyre.api.authorization.Place.ACCOUNT;
import static io.gyre.api.authorization.Place.ALIAS;
import static io.gyre.api.authorization.Place.ALIASES;
import static io.gyre.api.authorization.Place.ASSUMED_ROLE;
import static io.gyre.api.authorization.Place.CLIENT_KEY;
import static io.gyre.api.authorization.Place.DESTINATION_KEY;
import static io.gyre.api.authorization.Place.EACH_TAGGED;
import static io.gyre.api.authorization.Place.ENCRYPTION_KEY;
import static io.gyre.api.authorization.Place.KEY;
import static io.gyre.api.authorization.Place.KEYS;
import static io.gyre.api.authorization.Place.KEY_OF_ALIAS;
import static io.gyre.api.authorization.Place.KEY_OF_CIPHERTEXT;
import static io.gyre.api.authorization.Place.KEY_OF_SECRET;
import static io.gyre.api.authorization.Place.NETWORK_RULE;
import static io.gyre.api.authorization.Place.OWNER;
import static io.gyre.api.authorization.Place.PATH;
import static io.gyre.api.authorization.Place.POINT_POLICY;
import static io.gyre.api.authorization.Place.POLICIES;
import static io.gyre.api.authorization.Place.POLICY;
import static io.gyre.api.authorization.Place.PROTECTED_KEY;
import static io.gyre.api.authorization.Place.RENAMED_USER;
import static io.gyre.api.authorization.Place.ROLE;
import static io.gyre.api.authorization.Place.ROLES;
import static io.gyre.api.authorization.Place.SECRET;
import static io.gyre.api.authorization.Place.SECRETS;
import static io.gyre.api.authorization.Place.SERVICE_ROLE;
import static io.gyre.api.authorization.Place.TAGGED;
import static io.gyre.api.authorization.Place.USER;
import static io.gyre.api.authorization.Place.USERS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The one table of what each action needs. An action that does not stand here is permitted to the account itself alone.
 * Sources: for KMS its documentation on RAM, for RAM and STS their authorization tables.
 */
final class RequiredPermissions {
    static final String KMS = "Kms";
    static final String RAM = "Ram";
    static final String STS = "Sts";
    static final String OPERATIONS = "Operations";

    private static final Map<String, SortedMap<String, List<Need>>> ALL = new HashMap<>();

    static {
        each(KMS, SECRET)
                .named(
                        "DeleteSecret",
                        "DescribeSecret",
                        "GetSecretPolicy",
                        "ListSecretVersionIds",
                        "RestoreSecret",
                        "RotateSecret",
                        "SetSecretPolicy",
                        "UpdateSecret",
                        "UpdateSecretRotationPolicy",
                        "UpdateSecretVersionStage");
        each(KMS, SECRETS).named("ListSecrets");
        action(KMS, "GetSecretValue", need("kms:GetSecretValue", SECRET), need("kms:Decrypt", KEY_OF_SECRET));
        action(KMS, "PutSecretValue", need("kms:PutSecretValue", SECRET), need("kms:GenerateDataKey", KEY_OF_SECRET));
        action(KMS, "CreateSecret", need("kms:CreateSecret", SECRETS), need("kms:GenerateDataKey", ENCRYPTION_KEY));
        // Each secret of the list is asked about as GetSecretValue asks.
        action(KMS, "BatchGetSecretValue");
        action(KMS, "GetRandomPassword");

        each(KMS, KEY)
                .named(
                        "AsymmetricDecrypt",
                        "AsymmetricEncrypt",
                        "AsymmetricSign",
                        "AsymmetricVerify",
                        "CancelKeyDeletion",
                        "CreateKeyVersion",
                        "DescribeKey",
                        "DescribeKeyVersion",
                        "DisableKey",
                        "EnableKey",
                        "Encrypt",
                        "GenerateDataKey",
                        "GenerateDataKeyWithoutPlaintext",
                        "GetKeyPolicy",
                        "GetPublicKey",
                        "ListAliasesByKeyId",
                        "ListKeyVersions",
                        "ListResourceTags",
                        "ScheduleKeyDeletion",
                        "SetKeyPolicy",
                        "UpdateKeyDescription",
                        "UpdateRotationPolicy");
        each(KMS, KEYS).named("CreateKey", "ListKeys");
        each(KMS, PROTECTED_KEY).named("SetDeletionProtection");
        each(KMS, KEY_OF_CIPHERTEXT).named("Decrypt");
        action(
                KMS,
                "ReEncrypt",
                need("kms:ReEncryptFrom", KEY_OF_CIPHERTEXT),
                need("kms:ReEncryptTo", DESTINATION_KEY));
        each(KMS, ALIASES).named("ListAliases");
        each(KMS, ALIAS, KEY).named("CreateAlias", "UpdateAlias");
        each(KMS, ALIAS, KEY_OF_ALIAS).named("DeleteAlias");

        each(KMS, TAGGED).named("TagResource", "UntagResource");
        each(KMS, EACH_TAGGED).named("ListTagResources", "TagResources", "UntagResources");
        each(KMS, ACCOUNT).named("DescribeAccountKmsStatus", "GetKmsInstance", "ListKmsInstances", "OpenKmsService");
        action(KMS, "DescribeRegions");

        each(KMS, NETWORK_RULE)
                .named("CreateNetworkRule", "DeleteNetworkRule", "DescribeNetworkRule", "UpdateNetworkRule");
        each(KMS, POINT_POLICY).named("CreatePolicy", "DeletePolicy", "DescribePolicy", "UpdatePolicy");
        each(KMS, ACCESS_POINT)
                .named(
                        "CreateApplicationAccessPoint",
                        "DeleteApplicationAccessPoint",
                        "DescribeApplicationAccessPoint",
                        "UpdateApplicationAccessPoint");
        each(KMS, ACCESS_POINT_OF_KEYS).named("CreateClientKey", "ListClientKeys");
        each(KMS, CLIENT_KEY).named("DeleteClientKey", "GetClientKey");
        each(KMS, ACCOUNT).named("ListApplicationAccessPoints", "ListNetworkRules", "ListPolicies");

        // What the gateway of KMS instances alone has.
        action(KMS, "GenerateRandom");
        each(KMS, KEY).named("GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext");

        each(RAM, USER)
                .named(
                        "CreateLoginProfile",
                        "CreateUser",
                        "DeleteLoginProfile",
                        "DeleteUser",
                        "GetLoginProfile",
                        "GetUser",
                        "ListPoliciesForUser",
                        "UpdateLoginProfile");
        each(RAM, USER, RENAMED_USER).named("UpdateUser");
        each(RAM, USERS).named("ListUsers");
        each(RAM, OWNER)
                .named(
                        "CreateAccessKey",
                        "DeleteAccessKey",
                        "GetAccessKeyLastUsed",
                        "ListAccessKeys",
                        "UpdateAccessKey");
        each(RAM, ROLE).named("CreateRole", "DeleteRole", "GetRole", "ListPoliciesForRole", "UpdateRole");
        each(RAM, ROLES).named("ListRoles");
        each(RAM, POLICY)
                .named(
                        "CreatePolicy",
                        "CreatePolicyVersion",
                        "DeletePolicy",
                        "DeletePolicyVersion",
                        "GetPolicy",
                        "GetPolicyVersion",
                        "ListEntitiesForPolicy",
                        "ListPolicyVersions",
                        "SetDefaultPolicyVersion");
        each(RAM, POLICIES).named("ListPolicies");
        each(RAM, POLICY, USER).named("AttachPolicyToUser", "DetachPolicyFromUser");
        each(RAM, POLICY, ROLE).named("AttachPolicyToRole", "DetachPolicyFromRole");

        each(STS, ASSUMED_ROLE).named("AssumeRole");
        action(STS, "GetCallerIdentity");

        action(
                OPERATIONS,
                "GrantServiceRole",
                need("ram:CreateRole", SERVICE_ROLE),
                need("ram:AttachPolicyToRole", SERVICE_ROLE));
        action(OPERATIONS, "GetServiceRole", need("ram:GetRole", SERVICE_ROLE));
        // Beside CreateCampaign, where this process is to call an address that the caller chose.
        action(OPERATIONS, "ProbeOfCampaign", need("gyre:ProbeOfCampaign", PATH));
        // Whoever may not create the secret is not told what its target says of a credential either.
        action(
                OPERATIONS,
                "VerifyCredential",
                need("kms:CreateSecret", SECRETS),
                need("kms:GenerateDataKey", ENCRYPTION_KEY));
        // Whoever logs in may do there what their AccessKey may do here.
        action(OPERATIONS, "CreateConsoleLogin");
        action(OPERATIONS, "ChangePassword");
    }

    private RequiredPermissions() {}

    /** Empty for an action that only the account itself may call; an empty list where nothing is needed. */
    static Optional<List<Need>> of(String product, String action) {
        return Optional.ofNullable(of(product).get(action));
    }

    /** By action. */
    static SortedMap<String, List<Need>> of(String product) {
        return Collections.unmodifiableSortedMap(ALL.getOrDefault(product, Collections.emptySortedMap()));
    }

    /** An operation needs the permission of its name, but for those that stand for actions of RAM. */
    static List<Need> ofOperation(String operation) {
        return of(OPERATIONS, operation).orElseGet(() -> List.of(need("gyre:" + operation, PATH)));
    }

    /**
     * What a call needs that policies permit by this name: all that the action of the name needs, or what an action of another
     * name needs among others.
     *
     * @param product Kms, Ram or Sts
     * @param permission for example {@code kms:GetSecretValue}
     * @return the permission itself first; empty where no call asks for it
     */
    static List<Need> ofPermission(String product, String permission) {
        SortedMap<String, List<Need>> actions = of(product);
        List<Need> own = actions.getOrDefault(permission.substring(permission.indexOf(':') + 1), List.of());
        if (!own.isEmpty() && own.get(0).permission().equals(permission)) {
            return own;
        }
        return actions.values().stream()
                .flatMap(List::stream)
                .filter(need -> need.permission().equals(permission))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }

    /** All that calls of an API ask for, by name. */
    static SortedSet<String> permissions(String product) {
        return of(product).values().stream()
                .flatMap(List::stream)
                .map(Need::permission)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Need need(String permission, Place place) {
        return new Need(permission, place);
    }

    private static void action(String product, String action, Need... needs) {
        put(product, action, List.of(needs));
    }

    private static void put(String product, String action, List<Need> needs) {
        ALL.computeIfAbsent(product, none -> new TreeMap<>()).put(action, List.copyOf(needs));
    }

    /** Of actions that need the permission of their name. */
    private static Rows each(String product, Place... places) {
        return new Rows(product, List.of(places));
    }

    private record Rows(String product, List<Place> places) {
        void named(String... actions) {
            for (String action : actions) {
                List<Need> needs = new ArrayList<>();
                places.forEach(place -> needs.add(need(product.toLowerCase(Locale.ROOT) + ":" + action, place)));
                put(product, action, needs);
            }
        }
    }
}
