package io.gyre.envelope;

import io.gyre.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Seals and opens what Gyre keeps. Each ciphertext is bound to the words that say what it is (an instance, a key, an
 * ARN and a version), so one that was copied to another row does not open there. Safe for use by several threads.
 */
public final class Envelope {
    private static final String ABOUT_SESSIONS = "the session of a role";

    private final RootKeys roots;
    private final OpenedKeys opened = new OpenedKeys();

    public Envelope(RootKeys roots) {
        this.roots = roots;
    }

    /** The root keys that this process was given. */
    public RootKeys roots() {
        return roots;
    }

    /** How often a key of an instance or a secret was needed that was unwrapped lately. */
    public long hitsOfUnwrappedKeys() {
        return opened.hits();
    }

    /** How often one was needed that was not. */
    public long missesOfUnwrappedKeys() {
        return opened.misses();
    }

    /** A fresh key for a KMS instance, wrapped by this root key. */
    public byte[] newInstanceKey(RootKeyId under, String instanceId) {
        return roots.seal(under, SealingKey.random(), aboutInstance(instanceId));
    }

    /** The same key of the instance, wrapped by this root key. */
    public byte[] rewrapInstanceKey(RootKeyId under, String instanceId, byte[] wrapped) {
        return resealed(under, wrapped, aboutInstance(instanceId));
    }

    /** Which of the root keys opens an instance's key that carries no name; see {@link RootKeys#openerOfUnnamed}. */
    public Optional<RootKeyId> openerOfInstanceKey(String instanceId, byte[] unnamed) {
        return roots.openerOfUnnamed(unnamed, aboutInstance(instanceId));
    }

    /** Fresh material for a key, wrapped by the key of its instance. */
    public byte[] newKeyMaterial(String instanceId, byte[] wrappedInstanceKey, String keyId) {
        return instanceKey(instanceId, wrappedInstanceKey).seal(SealingKey.random(), aboutKey(keyId));
    }

    /** The same material, wrapped by another key of the instance. */
    public byte[] rewrapKeyMaterial(
            String instanceId, byte[] wrappedInstanceKey, byte[] wrappedNewKey, String keyId, byte[] wrapped) {
        byte[] material = openKeyMaterial(instanceId, wrappedInstanceKey, keyId, wrapped);
        return sealKeyMaterial(instanceId, wrappedNewKey, keyId, material);
    }

    /** The material of a key, for a backup; to be sealed at once. */
    public byte[] openKeyMaterial(String instanceId, byte[] wrappedInstanceKey, String keyId, byte[] wrapped) {
        return instanceKey(instanceId, wrappedInstanceKey).open(wrapped, aboutKey(keyId));
    }

    /** Material that a backup held, wrapped by the key of another instance. */
    public byte[] sealKeyMaterial(String instanceId, byte[] wrappedInstanceKey, String keyId, byte[] material) {
        return instanceKey(instanceId, wrappedInstanceKey).seal(material, aboutKey(keyId));
    }

    /** Encrypts a value under a data key of its own. */
    public SealedVersion seal(KeyChain chain, String secretArn, String versionId, SecretText value) {
        byte[] dataKey = SealingKey.random();
        return new SealedVersion(
                key(chain).seal(dataKey, aboutDataKey(secretArn, versionId)),
                SealingKey.of(dataKey).seal(value.revealBytes(), aboutVersion(secretArn, versionId)));
    }

    /** @throws EnvelopeException if the version was sealed for another secret or under another key, or was changed */
    public SecretText open(KeyChain chain, String secretArn, String versionId, SealedVersion sealed) {
        byte[] dataKey = key(chain).open(sealed.wrappedDataKey(), aboutDataKey(secretArn, versionId));
        byte[] value = SealingKey.of(dataKey).open(sealed.ciphertext(), aboutVersion(secretArn, versionId));
        return SecretText.of(new String(value, StandardCharsets.UTF_8));
    }

    /**
     * Encrypts what a caller hands over.
     *
     * @param chain down to the key version
     * @param about what the ciphertext is bound to
     */
    public byte[] encrypt(KeyChain chain, byte[] plaintext, String about) {
        return key(chain).seal(plaintext, about);
    }

    /**
     * Opens what {@link #encrypt} made.
     *
     * @return empty where this key did not make it, or not for these words
     * @throws EnvelopeException if the key itself does not open
     */
    public Optional<byte[]> decrypt(KeyChain chain, byte[] ciphertext, String about) {
        SealingKey key = key(chain);
        try {
            return Optional.of(key.open(ciphertext, about));
        } catch (EnvelopeException e) {
            return Optional.empty();
        }
    }

    /** Encrypts the secret half of an AccessKey under this root key. */
    public byte[] sealAccessKey(RootKeyId under, String accessKeyId, SecretText secret) {
        return roots.seal(under, secret.revealBytes(), aboutAccessKey(accessKeyId));
    }

    /** @throws EnvelopeException if it was sealed for another AccessKey or under another root key, or was changed */
    public SecretText openAccessKey(String accessKeyId, byte[] wrapped) {
        byte[] secret = roots.open(wrapped, aboutAccessKey(accessKeyId));
        return SecretText.of(new String(secret, StandardCharsets.UTF_8));
    }

    /** The same secret half, under this root key. */
    public byte[] resealAccessKey(RootKeyId under, String accessKeyId, byte[] sealed) {
        return resealed(under, sealed, aboutAccessKey(accessKeyId));
    }

    /** As {@link #openerOfInstanceKey}, of an AccessKey's secret half. */
    public Optional<RootKeyId> openerOfAccessKey(String accessKeyId, byte[] unnamed) {
        return roots.openerOfUnnamed(unnamed, aboutAccessKey(accessKeyId));
    }

    /** Encrypts what a role's session carries with it, under a key of its own below the current root key. */
    public byte[] sealSession(byte[] session) {
        return roots.sealSession(session, ABOUT_SESSIONS);
    }

    /** Empty where it was not made by {@link #sealSession} under one of these root keys, or was changed. */
    public Optional<byte[]> openSession(byte[] sealed) {
        try {
            return Optional.of(roots.openSession(sealed, ABOUT_SESSIONS));
        } catch (EnvelopeException e) {
            return Optional.empty();
        }
    }

    /**
     * Encrypts what is kept for minutes alone, under the key of sessions: it is not counted, and no rotation of the root key seals
     * it anew.
     *
     * @param about what it is and for whom: it opens for these words alone
     */
    public byte[] sealBriefly(SecretText value, String about) {
        return roots.sealSession(value.revealBytes(), aboutBrief(about));
    }

    /** Empty where it was not made by {@link #sealBriefly} for these words under one of these root keys, or was changed. */
    public Optional<SecretText> openBriefly(byte[] sealed, String about) {
        try {
            byte[] value = roots.openSession(sealed, aboutBrief(about));
            return Optional.of(SecretText.of(new String(value, StandardCharsets.UTF_8)));
        } catch (EnvelopeException e) {
            return Optional.empty();
        }
    }

    /** As {@link #sealBriefly}, of the value of a credential that is offered to be tried. */
    public byte[] sealOffered(UUID offer, String name, SecretText value) {
        return sealBriefly(value, aboutOffered(offer, name));
    }

    /** Empty where it was not made by {@link #sealOffered} for this name in this offer, or was changed. */
    public Optional<SecretText> openOffered(UUID offer, String name, byte[] sealed) {
        return openBriefly(sealed, aboutOffered(offer, name));
    }

    /** Encrypts the private half of the key that signs the audit log's heads under this root key. */
    public byte[] sealAuditKey(RootKeyId under, String keyId, byte[] encoded) {
        return roots.seal(under, encoded, aboutAuditKey(keyId));
    }

    /** The same private half, under this root key. */
    public byte[] resealAuditKey(RootKeyId under, String keyId, byte[] sealed) {
        return resealed(under, sealed, aboutAuditKey(keyId));
    }

    /** @throws EnvelopeException if it was sealed as another key or under another root key, or was changed */
    public byte[] openAuditKey(String keyId, byte[] sealed) {
        return roots.open(sealed, aboutAuditKey(keyId));
    }

    /** Encrypts the secret that a webhook's bodies are signed with under this root key. */
    public byte[] sealWebhookSecret(RootKeyId under, String secretId, SecretText secret) {
        return roots.seal(under, secret.revealBytes(), aboutWebhookSecret(secretId));
    }

    /** The same secret, under this root key. */
    public byte[] resealWebhookSecret(RootKeyId under, String secretId, byte[] sealed) {
        return resealed(under, sealed, aboutWebhookSecret(secretId));
    }

    /** @throws EnvelopeException if it was sealed as another one or under another root key, or was changed */
    public SecretText openWebhookSecret(String secretId, byte[] sealed) {
        byte[] secret = roots.open(sealed, aboutWebhookSecret(secretId));
        return SecretText.of(new String(secret, StandardCharsets.UTF_8));
    }

    private byte[] resealed(RootKeyId under, byte[] sealed, String about) {
        return roots.seal(under, roots.open(sealed, about), about);
    }

    private SealingKey key(KeyChain chain) {
        SealingKey instanceKey = instanceKey(chain.instanceId(), chain.wrappedInstanceKey());
        String about = aboutKey(chain.keyId());
        return opened.get(
                chain.wrappedMaterial(),
                about + " of instance " + chain.instanceId(),
                () -> SealingKey.of(instanceKey.open(chain.wrappedMaterial(), about)));
    }

    private SealingKey instanceKey(String instanceId, byte[] wrapped) {
        String about = aboutInstance(instanceId);
        return opened.get(wrapped, about, () -> SealingKey.of(roots.open(wrapped, about)));
    }

    private static String aboutInstance(String instanceId) {
        return "the key of instance " + instanceId;
    }

    private static String aboutKey(String keyId) {
        return "the material of key " + keyId;
    }

    private static String aboutDataKey(String secretArn, String versionId) {
        return "the data key of " + secretArn + ", version " + versionId;
    }

    private static String aboutVersion(String secretArn, String versionId) {
        return "the value of " + secretArn + ", version " + versionId;
    }

    private static String aboutBrief(String about) {
        return "for a short time: " + about;
    }

    private static String aboutOffered(UUID offer, String name) {
        return "credential " + name + " of offer " + offer;
    }

    private static String aboutAccessKey(String accessKeyId) {
        return "the secret of AccessKey " + accessKeyId;
    }

    private static String aboutAuditKey(String keyId) {
        return "the audit log's key " + keyId;
    }

    private static String aboutWebhookSecret(String secretId) {
        return "the secret " + secretId + " of a webhook";
    }
}
