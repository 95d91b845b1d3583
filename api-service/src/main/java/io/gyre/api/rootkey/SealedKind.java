package io.gyre.api.rootkey;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.RootKeyId;

/** What is sealed under a root key and stored; each a column of a table. */
enum SealedKind {
    INSTANCES(
            """
            SELECT instance_id AS id, wrapped_key AS sealed FROM kms_instance
            WHERE instance_id > :after AND wrapped_key IS NOT NULL
              AND COALESCE(root_key_of(wrapped_key), :unnamed) <> :current
            ORDER BY instance_id LIMIT :batch
            """, "UPDATE kms_instance SET wrapped_key = :resealed WHERE instance_id = :id AND wrapped_key = :sealed") {
        @Override
        byte[] resealed(Envelope envelope, RootKeyId under, String id, byte[] sealed) {
            return envelope.rewrapInstanceKey(under, id, sealed);
        }
    },
    ACCESS_KEYS(
            """
            SELECT access_key_id AS id, wrapped_secret AS sealed FROM access_key
            WHERE access_key_id > :after AND COALESCE(root_key_of(wrapped_secret), :unnamed) <> :current
            ORDER BY access_key_id LIMIT :batch
            """,
            "UPDATE access_key SET wrapped_secret = :resealed WHERE access_key_id = :id AND wrapped_secret = :sealed") {
        @Override
        byte[] resealed(Envelope envelope, RootKeyId under, String id, byte[] sealed) {
            return envelope.resealAccessKey(under, id, sealed);
        }
    },
    AUDIT_KEYS("""
            SELECT key_id AS id, sealed_key AS sealed FROM audit_key
            WHERE key_id > :after AND COALESCE(root_key_of(sealed_key), :unnamed) <> :current
            ORDER BY key_id LIMIT :batch
            """, "UPDATE audit_key SET sealed_key = :resealed WHERE key_id = :id AND sealed_key = :sealed") {
        @Override
        byte[] resealed(Envelope envelope, RootKeyId under, String id, byte[] sealed) {
            return envelope.resealAuditKey(under, id, sealed);
        }
    },
    WEBHOOK_SECRETS("""
            SELECT secret_id AS id, sealed FROM webhook_secret
            WHERE secret_id > :after AND COALESCE(root_key_of(sealed), :unnamed) <> :current
            ORDER BY secret_id LIMIT :batch
            """, "UPDATE webhook_secret SET sealed = :resealed WHERE secret_id = :id AND sealed = :sealed") {
        @Override
        byte[] resealed(Envelope envelope, RootKeyId under, String id, byte[] sealed) {
            return envelope.resealWebhookSecret(under, id, sealed);
        }
    };

    /** Those under another key than the current one, in the order of their ids. */
    final String left;

    /** Of a row that nobody changed meanwhile. */
    final String reseal;

    SealedKind(String left, String reseal) {
        this.left = left;
        this.reseal = reseal;
    }

    /** The same, under another root key. */
    abstract byte[] resealed(Envelope envelope, RootKeyId under, String id, byte[] sealed);
}
