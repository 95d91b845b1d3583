package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * SecretData as callers give it, turned into the credentials that are stored, one for each version. Nothing of it is
 * quoted in a refusal.
 */
final class Credentials {
    private static final String PARAMETER = "SecretData";
    private static final int LIMIT_BYTES = 30 * 1024;
    private static final int NAME_LIMIT = 128;

    /** A RAM user cannot have more. */
    private static final int ACCESS_KEYS = 2;

    private Credentials() {}

    /**
     * The parameter of a request, whatever is in it.
     *
     * @throws RpcFault MissingParameter, or InvalidParameter where it has more than 30,720 bytes
     */
    static SecretText required(RpcRequest request) {
        String data = request.required(PARAMETER);
        if (data.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES) {
            throw KmsFaults.invalid(PARAMETER, "it must have at most " + LIMIT_BYTES + " bytes.");
        }
        return SecretText.of(data);
    }

    /**
     * What a managed secret is created with: the credential in use first, and the other one of a pair.
     *
     * @throws RpcFault InvalidParameter where it has not the form that the sub-type asks for
     */
    static List<Credential> atCreation(SubType subType, SecretText data, Instant now) {
        ObjectNode json = WireJson.object(PARAMETER, data.reveal());
        return switch (subType) {
            case SINGLE_USER -> listed(json, "Accounts", 1, 1, Credentials::rdsAccount);
            case DOUBLE_USERS -> listed(json, "Accounts", 2, 2, Credentials::rdsAccount);
            case RAM_USER_ACCESS_KEY -> listed(json, "AccessKeys", 1, ACCESS_KEYS, key -> accessKey(key, now));
            case PASSWORD -> List.of(password(json));
            case SSH_KEY -> List.of(keyPair(json));
        };
    }

    /**
     * The next credential, where the caller of RotateSecret chooses it.
     *
     * @throws RpcFault UnsupportedOperation where the target alone can choose (RAM), InvalidParameter
     */
    static Credential chosen(SubType subType, SecretText data) {
        if (subType == SubType.RAM_USER_ACCESS_KEY) {
            throw KmsFaults.unsupported();
        }
        ObjectNode json = WireJson.object(PARAMETER, data.reveal());
        return switch (subType) {
            case PASSWORD -> password(json);
            case SSH_KEY -> keyPair(json);
            default -> rdsAccount(json);
        };
    }

    /** One element of a list of credentials. */
    @FunctionalInterface
    private interface Element {
        Credential read(JsonNode json);
    }

    private static List<Credential> listed(ObjectNode json, String list, int least, int most, Element element) {
        WireJson.only(PARAMETER, json, Set.of(list));
        if (!(json.path(list) instanceof ArrayNode array) || array.size() < least || array.size() > most) {
            throw KmsFaults.invalid(
                    PARAMETER,
                    "its field " + list + " must list " + (least == most ? least : least + " or " + most) + ".");
        }
        List<Credential> credentials = new ArrayList<>();
        array.forEach(each -> credentials.add(element.read(each)));
        if (credentials.stream().map(Credential::name).distinct().count() < credentials.size()) {
            throw KmsFaults.invalid(PARAMETER, "its field " + list + " must not list one name twice.");
        }
        return List.copyOf(credentials);
    }

    private static Credential rdsAccount(JsonNode json) {
        WireJson.only(PARAMETER, json, Set.of("AccountName", "AccountPassword"));
        String name = WireJson.name(PARAMETER, json, "AccountName", NAME_LIMIT);
        return credential(
                name,
                WireJson.answer()
                        .put("AccountName", name)
                        .put("AccountPassword", WireJson.value(PARAMETER, json, "AccountPassword")));
    }

    private static Credential accessKey(JsonNode json, Instant now) {
        WireJson.only(PARAMETER, json, Set.of("AccessKeyId", "AccessKeySecret"));
        String id = WireJson.name(PARAMETER, json, "AccessKeyId", NAME_LIMIT);
        return credential(
                id,
                WireJson.answer()
                        .put("AccessKeyId", id)
                        .put("AccessKeySecret", WireJson.value(PARAMETER, json, "AccessKeySecret"))
                        .put("GenerateTimestamp", WireTime.text(now)));
    }

    private static Credential password(JsonNode json) {
        WireJson.only(PARAMETER, json, Set.of("UserName", "Password"));
        String name = WireJson.name(PARAMETER, json, "UserName", NAME_LIMIT);
        return credential(
                name,
                WireJson.answer().put("UserName", name).put("Password", WireJson.value(PARAMETER, json, "Password")));
    }

    private static Credential keyPair(JsonNode json) {
        WireJson.only(PARAMETER, json, Set.of("UserName", "PublicKey", "PrivateKey"));
        String name = WireJson.name(PARAMETER, json, "UserName", NAME_LIMIT);
        String publicKey = WireJson.value(PARAMETER, json, "PublicKey");
        String privateKey = WireJson.value(PARAMETER, json, "PrivateKey");
        if (!publicKey.startsWith("ssh-") && !publicKey.startsWith("ecdsa-")) {
            throw KmsFaults.invalid(PARAMETER, "its field PublicKey must be in OpenSSH's form, as ssh-rsa AAAA….");
        }
        if (!privateKey.startsWith("-----BEGIN ")) {
            throw KmsFaults.invalid(PARAMETER, "its field PrivateKey must be in PEM form.");
        }
        return credential(
                name,
                WireJson.answer()
                        .put("UserName", name)
                        .put("PublicKey", publicKey)
                        .put("PrivateKey", privateKey));
    }

    private static Credential credential(String name, ObjectNode value) {
        return new Credential(name, SecretText.of(value.toString()));
    }
}
