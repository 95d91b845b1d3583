package io.gyre.api.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.secret.SecretType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What somebody has typed of a secret so far. It holds secrets, so it does not print them.
 *
 * @param fields by the names of the form's fields; those that were left out are empty
 * @param verified whether these very credentials were tried, and work
 */
record NewSecretDraft(NewSecretKind kind, Map<String, String> fields, boolean verified) {
    static final String INSTANCE = "instance";
    static final String KEY = "key";
    static final String ROTATE = "rotate";
    static final String INTERVAL = "interval";

    /** What the tags are called together; each has two fields of its own, {@link #tagKey} and {@link #tagValue}. */
    static final String TAGS = "tags";

    /** The data type beside text. */
    static final String BINARY = "binary";

    /** What a policy is offered with; the documentation's own example. */
    private static final String USUAL_INTERVAL = "7d";

    NewSecretDraft {
        fields = Map.copyOf(fields);
    }

    /** @param instance a KMS instance that was chosen already; empty for none */
    static NewSecretDraft blank(NewSecretKind kind, String instance) {
        return new NewSecretDraft(kind, Map.of(INSTANCE, instance, INTERVAL, USUAL_INTERVAL), false);
    }

    /**
     * What a form has. A secret that was left empty is the one that was typed before.
     *
     * @param before what was sealed with the form; none at first
     */
    static NewSecretDraft typed(NewSecretKind kind, Form form, Optional<NewSecretDraft> before) {
        Map<String, String> fields = new TreeMap<>();
        for (NewSecretField field : kind.fields()) {
            String given = plain(form.text(field.name()), field);
            fields.put(
                    field.name(),
                    field.secret() && given.isEmpty()
                            ? before.map(known -> known.text(field.name())).orElse("")
                            : given);
        }
        for (String name : new String[] {INSTANCE, KEY, ROTATE, INTERVAL}) {
            fields.put(name, form.text(name).trim());
        }
        for (int number = 1; form.has(tagKey(number)); number++) {
            fields.put(tagKey(number), form.text(tagKey(number)).trim());
            fields.put(tagValue(number), form.text(tagValue(number)).trim());
        }
        return new NewSecretDraft(kind, fields, false);
    }

    /** Browsers send line breaks in two characters; a name has no spaces around it, a password may. */
    private static String plain(String text, NewSecretField field) {
        String lines = text.replace("\r\n", "\n");
        return field.secret() ? lines : lines.trim();
    }

    static String tagKey(int number) {
        return "tagKey" + number;
    }

    static String tagValue(int number) {
        return "tagValue" + number;
    }

    /** A row of the form's tags. One that is empty is no tag. */
    record Tag(String key, String value) {
        boolean isEmpty() {
            return key.isEmpty() && value.isEmpty();
        }
    }

    /** In the order of the form, whose empty rows are among them; one at least. */
    List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        do {
            int number = tags.size() + 1;
            tags.add(new Tag(text(tagKey(number)), text(tagValue(number))));
        } while (fields.containsKey(tagKey(tags.size() + 1)));
        return tags;
    }

    /** With one more row. */
    NewSecretDraft withAnotherTag() {
        Map<String, String> more = new TreeMap<>(fields);
        int rows = tags().size();
        more.put(tagKey(rows), text(tagKey(rows)));
        more.put(tagKey(rows + 1), "");
        return new NewSecretDraft(kind, more, false);
    }

    /**
     * Whoever types binary data writes it in Base64, of which the API itself asks nothing.
     *
     * @throws io.gyre.rpc.RpcFault InvalidParameter where it is none
     */
    void requireData() {
        if (!isBinary()) {
            return;
        }
        try {
            Base64.getDecoder().decode(data());
        } catch (IllegalArgumentException e) {
            throw ConsoleFaults.noBase64();
        }
    }

    private boolean isBinary() {
        return text("dataType").equals(BINARY);
    }

    NewSecretDraft afterVerification() {
        return new NewSecretDraft(kind, fields, true);
    }

    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    boolean has(String field) {
        return !text(field).isEmpty();
    }

    boolean rotated() {
        return kind.managed() && has(ROTATE);
    }

    /** What the secret will be called. */
    String name() {
        String name = text("name");
        return switch (kind.type()) {
            case RAM -> "acs/ram/user/" + text("user");
            case ECS ->
                name.startsWith(NewSecretKind.ECS_PREFIX) || name.isEmpty() ? name : NewSecretKind.ECS_PREFIX + name;
            default -> name;
        };
    }

    /**
     * As CreateSecret takes them.
     *
     * @param region where the secret and its ECS instance lie
     */
    Map<String, String> parameters(String region) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("SecretName", kind.type() == SecretType.RAM ? "$Auto" : name());
        parameters.put("SecretType", kind.type().wireName());
        parameters.put("VersionId", UUID.randomUUID().toString());
        parameters.put("SecretData", data());
        given(parameters, "SecretDataType", text("dataType"));
        given(parameters, "Tags", tagsAsGiven());
        given(parameters, "Description", text("description"));
        given(parameters, "DKMSInstanceId", text(INSTANCE));
        given(parameters, "EncryptionKeyId", text(KEY));
        if (kind.managed()) {
            parameters.put("ExtendedConfig", config(region));
        }
        if (rotated()) {
            parameters.put("EnableAutomaticRotation", "true");
            given(parameters, "RotationInterval", text(INTERVAL));
        }
        return parameters;
    }

    /** Empty where there are none. */
    private String tagsAsGiven() {
        ArrayNode given = JsonNodeFactory.instance.arrayNode();
        for (Tag tag : tags()) {
            if (!tag.isEmpty()) {
                given.addObject().put("TagKey", tag.key()).put("TagValue", tag.value());
            }
        }
        return given.isEmpty() ? "" : given.toString();
    }

    private static void given(Map<String, String> parameters, String name, String text) {
        if (!text.isEmpty()) {
            parameters.put(name, text);
        }
    }

    private String config(String region) {
        ObjectNode config = WireJson.answer().put("SecretSubType", kind.subType());
        switch (kind.type()) {
            case RAM -> config.put("UserName", text("user"));
            case RDS -> config.put("DBInstanceId", text("rdsInstance"));
            default -> config.put("RegionId", region).put("InstanceId", text("ecsInstance"));
        }
        ObjectNode custom = WireJson.answer();
        custom(custom, "SshPort", "port");
        custom(custom, "SshHostKeySha256", "hostKey");
        if (!custom.isEmpty()) {
            config.set("CustomData", custom);
        }
        return config.toString();
    }

    private void custom(ObjectNode custom, String name, String field) {
        if (has(field)) {
            custom.put(name, text(field));
        }
    }

    private String data() {
        ObjectNode data = WireJson.answer();
        switch (kind) {
            case GENERIC -> {
                // Line breaks, as tools put them into Base64, are no part of it.
                return isBinary() ? text("value").replaceAll("\\s", "") : text("value");
            }
            case RAM -> {
                key(data, "keyId", "keySecret");
                if (has("otherKeyId") || has("otherKeySecret")) {
                    key(data, "otherKeyId", "otherKeySecret");
                }
            }
            case RDS_SINGLE -> account(data, "account", "password");
            case RDS_DOUBLE -> {
                account(data, "account", "password");
                account(data, "otherAccount", "otherPassword");
            }
            case ECS_PASSWORD -> data.put("UserName", text("user")).put("Password", text("password"));
            case ECS_KEY ->
                data.put("UserName", text("user"))
                        .put("PublicKey", text("publicKey"))
                        .put("PrivateKey", text("privateKey"));
        }
        return data.toString();
    }

    private void key(ObjectNode data, String id, String secret) {
        data.withArray("AccessKeys").addObject().put("AccessKeyId", text(id)).put("AccessKeySecret", text(secret));
    }

    private void account(ObjectNode data, String name, String password) {
        data.withArray("Accounts").addObject().put("AccountName", text(name)).put("AccountPassword", text(password));
    }

    /** What is tried, for the audit log: the place and the names, no values. */
    String target() {
        String names = String.join(
                ",",
                kind.fields().stream()
                        .map(NewSecretField::name)
                        .filter(name -> name.matches("account|otherAccount|keyId|otherKeyId") && has(name))
                        .map(this::text)
                        .toList());
        return switch (kind.type()) {
            case RAM -> text("user") + " " + names;
            case RDS -> text("rdsInstance") + " " + names;
            default -> text("ecsInstance") + " " + text("user");
        };
    }

    @Override
    public String toString() {
        return "NewSecretDraft" + fields.keySet();
    }
}
