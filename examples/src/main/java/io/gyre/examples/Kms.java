package io.gyre.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.PlatformException;
import io.gyre.secret.SecretText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gyre, as its administrator calls it. */
public final class Kms {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "2016-01-20";

    /** Of the API of identities, which the same endpoint serves. */
    private static final String RAM_VERSION = "2015-05-01";

    private static final String ROTATION_ROLE = "AliyunKMSManagedRAMCrendentialsRole";

    private final Rpc rpc;

    /** Asks nothing yet. */
    Kms(Place place) {
        this.rpc = new Rpc(place.kms(), place.kmsKey());
    }

    /** Where the credential of a secret is checked; nothing if there is no such secret. */
    public Optional<JsonNode> place(String secret) {
        try {
            String config = rpc.call(VERSION, "DescribeSecret", Map.of("SecretName", secret))
                    .path("ExtendedConfig")
                    .asText();
            return Optional.of(JSON.readTree(config));
        } catch (Rpc.Refusal e) {
            if (e.code().equals("Forbidden.ResourceNotFound")) {
                return Optional.empty();
            }
            throw e;
        } catch (JsonProcessingException e) {
            throw new PlatformException("The ExtendedConfig of " + secret + " is no JSON.", e);
        }
    }

    /** @param place the ExtendedConfig: sub-type, and where the credential is checked */
    public void create(String name, String type, SecretText value, Map<String, ?> place) {
        rpc.call(
                VERSION,
                "CreateSecret",
                Map.of(
                        "SecretName",
                        name,
                        "VersionId",
                        "v1",
                        "SecretType",
                        type,
                        "SecretData",
                        value.reveal(),
                        "ExtendedConfig",
                        json(place)));
    }

    /**
     * Begins a rotation.
     *
     * @param more other parameters of RotateSecret
     * @return whether it has begun; false while the one before has not ended
     */
    boolean rotate(String secret, Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("SecretName", secret);
        parameters.put("VersionId", UUID.randomUUID().toString());
        try {
            rpc.call(VERSION, "RotateSecret", parameters);
            return true;
        } catch (Rpc.Refusal e) {
            if (String.valueOf(e.getMessage()).contains("Your secret is being rotated, please try again later")) {
                return false;
            }
            throw e;
        }
    }

    /** Lets Gyre replace the AccessKeys of RAM users, as {@code ./gyre service-role grant} does: by a role that KMS may take on. */
    public void grantRamRotation() {
        granted("CreateRole", Map.of("RoleName", ROTATION_ROLE, "AssumeRolePolicyDocument", """
                {"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
                "Principal":{"Service":["kms.aliyuncs.com"]}}]}"""));
        granted(
                "AttachPolicyToRole",
                Map.of(
                        "RoleName",
                        ROTATION_ROLE,
                        "PolicyType",
                        "System",
                        "PolicyName",
                        "AliyunKMSManagedRAMCrendentialsRolePolicy"));
    }

    private void granted(String action, Map<String, String> parameters) {
        try {
            rpc.call(RAM_VERSION, action, parameters);
        } catch (Rpc.Refusal e) {
            if (!e.code().startsWith("EntityAlreadyExist")) {
                throw e;
            }
        }
    }

    /** A value as JSON text. */
    public static String json(Object value) {
        return JSON.valueToTree(value).toString();
    }
}
