package io.gyre.compatibility;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What users do with the keys that secrets stand on. */
final class KeyStories {
    /** "a plaintext" in Base64. */
    private static final String PLAINTEXT = "YSBwbGFpbnRleHQ=";

    /** Of SHA-256, of no bytes at all. */
    private static final String DIGEST = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private static final Map<String, String> CONTEXT = Map.of("purpose", "audit é");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+=*");
    private static final Pattern ID = Pattern.compile("[0-9a-z-]+");

    private KeyStories() {}

    static List<Story> all() {
        return List.of(
                life(),
                kinds(),
                cryptography(),
                signatures(),
                asymmetricCryptography(),
                aliases(),
                versions(),
                policies());
    }

    private static void create(Story story, String description) {
        story.call("CreateKey", Map.of("Description", description))
                .answers("KeyMetadata.KeyState", "Enabled")
                .answers("KeyMetadata.Description", description)
                .answers("KeyMetadata.KeyId", ID)
                .remembering("KeyMetadata.KeyId", "key")
                .remembering("KeyMetadata.Arn", "arn");
    }

    private static Story life() {
        Story story = new Story();
        create(story, "life of a key, ${sdk}");
        story.call("UpdateKeyDescription", Map.of("KeyId", "${key}", "Description", "described anew"));
        story.call("DescribeKey", Map.of("KeyId", "${key}"))
                .answers("KeyMetadata.Description", "described anew")
                .answers("KeyMetadata.KeySpec", "Aliyun_AES_256")
                .answers("KeyMetadata.KeyUsage", "ENCRYPT/DECRYPT");
        story.call("DescribeKey", Map.of("KeyId", "absent")).isRefused("Forbidden.KeyNotFound");
        story.call("DisableKey", Map.of("KeyId", "${key}"));
        story.call("Encrypt", Map.of("KeyId", "${key}", "Plaintext", PLAINTEXT)).isRefused("Rejected.Disabled");
        story.call("EnableKey", Map.of("KeyId", "${key}"));
        story.call(
                "SetDeletionProtection",
                Map.of(
                        "ProtectedResourceArn", "${arn}",
                        "EnableDeletionProtection", true,
                        "DeletionProtectionDescription", "secrets stand on it"));
        story.call("ScheduleKeyDeletion", Map.of("KeyId", "${key}", "PendingWindowInDays", 7))
                .isRefused("Rejected.DeletionProtected");
        story.call(
                "SetDeletionProtection", Map.of("ProtectedResourceArn", "${arn}", "EnableDeletionProtection", false));
        story.call("ScheduleKeyDeletion", Map.of("KeyId", "${key}", "PendingWindowInDays", 7));
        story.call("DescribeKey", Map.of("KeyId", "${key}")).answers("KeyMetadata.KeyState", "PendingDeletion");
        story.call("CancelKeyDeletion", Map.of("KeyId", "${key}"));
        story.call("TagResource", Map.of("KeyId", "${key}", "Tags", "[{\"TagKey\":\"a\",\"TagValue\":\"b\"}]"));
        story.call("ListResourceTags", Map.of("KeyId", "${key}"))
                .answers("Tags", List.of(Map.of("KeyId", "${key}", "TagKey", "a", "TagValue", "b")));
        story.call("UntagResource", Map.of("KeyId", "${key}", "TagKeys", "[\"a\"]"));
        story.call("ListKeys", Map.of("PageNumber", 1, "PageSize", 1)).answers("PageSize", 1);
        story.call(
                        "ListKeys",
                        Map.of(
                                "PageNumber", 1,
                                "PageSize", 1,
                                "Filters", "[{\"Key\":\"KeyState\",\"Values\":[\"Disabled\"]}]"))
                .answers("TotalCount", 0);
        story.call(
                        "CreateSecret",
                        Map.of(
                                "SecretName", "compatibility/${sdk}/under-a-key",
                                "VersionId", "v1",
                                "SecretData", "value",
                                "EncryptionKeyId", "${key}"))
                .answers("VersionId", "v1");
        story.call("DescribeSecret", Map.of("SecretName", "compatibility/${sdk}/under-a-key"))
                .answers("EncryptionKeyId", "${key}");
        return story;
    }

    private static Story kinds() {
        Story story = new Story();
        story.call(
                        "CreateKey",
                        Map.of(
                                "Description", "",
                                "KeySpec", "Aliyun_AES_256",
                                "KeyUsage", "ENCRYPT/DECRYPT",
                                "Origin", "Aliyun_KMS",
                                "ProtectionLevel", "SOFTWARE",
                                "EnableAutomaticRotation", true,
                                "RotationInterval", "30d",
                                "Tags", "[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]"))
                .answers("KeyMetadata.AutomaticRotation", "Enabled")
                .answers("KeyMetadata.RotationInterval", "2592000s")
                .answers("KeyMetadata.ProtectionLevel", "SOFTWARE");
        story.call("CreateKey", Map.of("KeySpec", "Aliyun_SM4")).isRefused("UnsupportedOperation");
        story.call("CreateKey", Map.of("ProtectionLevel", "HSM")).isRefused("UnsupportedOperation");
        story.call("CreateKey", Map.of("Origin", "EXTERNAL")).isRefused("UnsupportedOperation");
        // What the SDK of 2020 has of all these.
        story.call(
                        "CreateKey",
                        Map.of(
                                "KeyUsage", "ENCRYPT/DECRYPT",
                                "Origin", "Aliyun_KMS",
                                "EnableAutomaticRotation", true,
                                "RotationInterval", "30d"))
                .answers("KeyMetadata.KeyState", "Enabled");
        story.call("CreateKey", Map.of("DKMSInstanceId", "kst-absent")).isRefused("Forbidden.DKMSInstanceNotFound");
        return story;
    }

    private static Story cryptography() {
        Story story = new Story();
        create(story, "cryptography of ${sdk}");
        story.call("Encrypt", Map.of("KeyId", "${key}", "Plaintext", PLAINTEXT, "EncryptionContext", CONTEXT))
                .answers("KeyId", "${key}")
                .answers("CiphertextBlob", BASE64)
                .remembering("CiphertextBlob", "blob");
        story.call("Decrypt", Map.of("CiphertextBlob", "${blob}", "EncryptionContext", CONTEXT))
                .answers("KeyId", "${key}")
                .answers("Plaintext", PLAINTEXT);
        story.call("Decrypt", Map.of("CiphertextBlob", "${blob}")).isRefused("InvalidCiphertext");
        story.call("Encrypt", Map.of("KeyId", "${key}", "Plaintext", PLAINTEXT, "DryRun", "true"))
                .isRefused("DryRunOperationError");
        story.call("Decrypt", Map.of("CiphertextBlob", "${blob}", "EncryptionContext", CONTEXT, "DryRun", "true"))
                .isRefused("DryRunOperationError");
        story.call(
                        "ReEncrypt",
                        Map.of(
                                "CiphertextBlob",
                                "${blob}",
                                "SourceEncryptionContext",
                                CONTEXT,
                                "DestinationKeyId",
                                "${key}",
                                "DestinationEncryptionContext",
                                Map.of("purpose", "archive")))
                .answers("KeyId", "${key}")
                .remembering("CiphertextBlob", "blob");
        story.call(
                        "ReEncrypt",
                        Map.of(
                                "CiphertextBlob", "${blob}",
                                "SourceEncryptionContext", Map.of("purpose", "archive"),
                                "DestinationKeyId", "${key}",
                                "DryRun", "true"))
                .isRefused("DryRunOperationError");
        story.call(
                        "ReEncrypt",
                        Map.of(
                                "CiphertextBlob", "${blob}",
                                "SourceKeyId", "${key}",
                                "SourceKeyVersionId", "absent",
                                "SourceEncryptionAlgorithm", "RSAES_OAEP_SHA_256",
                                "DestinationKeyId", "${key}"))
                .isRefused("UnsupportedOperation");
        story.call("GenerateDataKey", Map.of("KeyId", "${key}", "KeySpec", "AES_128", "EncryptionContext", CONTEXT))
                .answers("Plaintext", Pattern.compile("[A-Za-z0-9+/]{22}=="))
                .answers("CiphertextBlob", BASE64);
        story.call("GenerateDataKey", Map.of("KeyId", "${key}", "NumberOfBytes", 8))
                .answers("Plaintext", Pattern.compile("[A-Za-z0-9+/]{11}="));
        story.call("GenerateDataKey", Map.of("KeyId", "${key}", "DryRun", "true"))
                .isRefused("DryRunOperationError");
        story.call(
                        "GenerateDataKeyWithoutPlaintext",
                        Map.of("KeyId", "${key}", "KeySpec", "AES_256", "EncryptionContext", CONTEXT))
                .answers("CiphertextBlob", BASE64);
        story.call("GenerateDataKeyWithoutPlaintext", Map.of("KeyId", "${key}", "NumberOfBytes", 8))
                .answers("CiphertextBlob", BASE64);
        story.call("GenerateDataKeyWithoutPlaintext", Map.of("KeyId", "${key}", "DryRun", "true"))
                .isRefused("DryRunOperationError");
        return story;
    }

    private static void createPair(Story story, String usage) {
        story.call("CreateKey", Map.of("KeySpec", "RSA_2048", "KeyUsage", usage))
                .answers("KeyMetadata.KeySpec", "RSA_2048")
                .answers("KeyMetadata.KeyUsage", usage)
                .remembering("KeyMetadata.KeyId", "key")
                .remembering("KeyMetadata.PrimaryKeyVersion", "version");
    }

    private static Story signatures() {
        Story story = new Story();
        createPair(story, "SIGN/VERIFY");
        Map<String, Object> version = Map.of("KeyId", "${key}", "KeyVersionId", "${version}");
        story.call("GetPublicKey", version)
                .answers("KeyId", "${key}")
                .answers("KeyVersionId", "${version}")
                .answers("PublicKey", Pattern.compile("-----BEGIN PUBLIC KEY-----[\\s\\S]*"));
        story.call("GetPublicKey", with(version, Map.of("DryRun", "true"))).isRefused("DryRunOperationError");
        Map<String, Object> digest = with(version, Map.of("Algorithm", "RSA_PSS_SHA_256", "Digest", DIGEST));
        story.call("AsymmetricSign", digest)
                .answers("KeyVersionId", "${version}")
                .answers("Value", BASE64)
                .remembering("Value", "signature");
        story.call("AsymmetricSign", with(digest, Map.of("DryRun", "true"))).isRefused("DryRunOperationError");
        Map<String, Object> signed = with(digest, Map.of("Value", "${signature}"));
        story.call("AsymmetricVerify", signed).answers("Value", true);
        story.call("AsymmetricVerify", with(signed, Map.of("Algorithm", "RSA_PKCS1_SHA_256")))
                .answers("Value", false);
        story.call("AsymmetricVerify", with(signed, Map.of("DryRun", "true"))).isRefused("DryRunOperationError");
        story.call("Encrypt", Map.of("KeyId", "${key}", "Plaintext", PLAINTEXT)).isRefused("UnsupportedOperation");
        return story;
    }

    private static Story asymmetricCryptography() {
        Story story = new Story();
        createPair(story, "ENCRYPT/DECRYPT");
        Map<String, Object> algorithm =
                Map.of("KeyId", "${key}", "KeyVersionId", "${version}", "Algorithm", "RSAES_OAEP_SHA_256");
        Map<String, Object> plain = with(algorithm, Map.of("Plaintext", PLAINTEXT));
        story.call("AsymmetricEncrypt", plain)
                .answers("KeyVersionId", "${version}")
                .answers("CiphertextBlob", BASE64)
                .remembering("CiphertextBlob", "blob");
        story.call("AsymmetricEncrypt", with(plain, Map.of("DryRun", "true"))).isRefused("DryRunOperationError");
        Map<String, Object> sealed = with(algorithm, Map.of("CiphertextBlob", "${blob}"));
        story.call("AsymmetricDecrypt", sealed).answers("Plaintext", PLAINTEXT);
        story.call("AsymmetricDecrypt", with(sealed, Map.of("Algorithm", "RSAES_OAEP_SHA_1")))
                .isRefused("InvalidCiphertext");
        story.call("AsymmetricDecrypt", with(sealed, Map.of("DryRun", "true"))).isRefused("DryRunOperationError");
        return story;
    }

    private static Map<String, Object> with(Map<String, Object> parameters, Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(parameters);
        all.putAll(more);
        return all;
    }

    private static Story aliases() {
        Story story = new Story();
        create(story, "aliases of ${sdk}");
        String alias = "alias/compatibility/${sdk}";
        story.call("CreateAlias", Map.of("KeyId", "${key}", "AliasName", alias));
        story.call("CreateAlias", Map.of("KeyId", "${key}", "AliasName", alias)).isRefused("AliasAlreadyExists");
        story.call("DescribeKey", Map.of("KeyId", alias)).answers("KeyMetadata.KeyId", "${key}");
        story.call("UpdateAlias", Map.of("KeyId", "${key}", "AliasName", alias));
        story.call("ListAliases", Map.of("PageNumber", 1, "PageSize", 1)).answers("PageSize", 1);
        story.call("ListAliasesByKeyId", Map.of("KeyId", "${key}", "PageNumber", 1, "PageSize", 10))
                .answers("TotalCount", 1);
        story.call("DeleteAlias", Map.of("AliasName", alias));
        story.call("DeleteAlias", Map.of("AliasName", alias)).isRefused("Forbidden.AliasNotFound");
        return story;
    }

    private static Story versions() {
        Story story = new Story();
        create(story, "versions of ${sdk}");
        story.call("CreateKeyVersion", Map.of("KeyId", "${key}"))
                .answers("KeyVersion.KeyId", "${key}")
                .remembering("KeyVersion.KeyVersionId", "version");
        story.call("DescribeKeyVersion", Map.of("KeyId", "${key}", "KeyVersionId", "${version}"))
                .answers("KeyVersion.KeyVersionId", "${version}");
        story.call("ListKeyVersions", Map.of("KeyId", "${key}", "PageNumber", 1, "PageSize", 10))
                .answers("TotalCount", 2);
        story.call(
                "UpdateRotationPolicy",
                Map.of("KeyId", "${key}", "EnableAutomaticRotation", true, "RotationInterval", "7d"));
        story.call("DescribeKey", Map.of("KeyId", "${key}")).answers("KeyMetadata.RotationInterval", "604800s");
        return story;
    }

    private static Story policies() {
        Story story = new Story();
        create(story, "policies of ${sdk}");
        story.call("GetKeyPolicy", Map.of("KeyId", "${key}", "PolicyName", "default"))
                .isRefused("Forbidden.KeyPolicyUnSupported");
        story.call("SetKeyPolicy", Map.of("KeyId", "${key}", "PolicyName", "default", "Policy", Stories.POLICY))
                .isRefused("Forbidden.KeyPolicyUnSupported");
        story.call("CreateKey", Map.of("Policy", Stories.POLICY)).isRefused("Forbidden.KeyPolicyUnSupported");
        return story;
    }
}
