package io.gyre.api.instances;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.envelope.Envelope;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HexFormat;
import java.util.List;
import org.hibernate.exception.LockAcquisitionException;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The rotation of an instance's key: another one, under which the material of every key of the instance is wrapped anew, in one
 * transaction. A process that is killed on the way leaves nothing of it, and readers find the former key with what it wraps, or
 * the new one. The material itself stays what it is, and so does whatever is encrypted under it.
 */
@ApplicationScoped
public class InstanceKeyRotation {
    /** Statements carry so many rows. */
    private static final int CHUNK = 1000;

    /** It waits for whoever makes or changes a key of the instance, but not for ever. */
    private static final String WAIT = "SET LOCAL lock_timeout = '10s'";

    private static final String OF_KEYS = """
            SELECT key_id, '' AS version, wrapped_material FROM kms_key
            WHERE instance_id = :instance AND wrapped_material IS NOT NULL
            """;

    private static final String OF_VERSIONS = """
            SELECT v.key_id, v.key_version_id AS version, v.wrapped_material
            FROM kms_key_version v JOIN kms_key k USING (key_id)
            WHERE k.instance_id = :instance
            """;

    private static final String REWRAP_KEYS = """
            UPDATE kms_key k SET wrapped_material = decode(r.material, 'hex')
            FROM jsonb_to_recordset(CAST(CAST(:rows AS text) AS jsonb)) AS r (key text, version text, material text)
            WHERE k.key_id = r.key
            """;

    private static final String REWRAP_VERSIONS = """
            UPDATE kms_key_version v SET wrapped_material = decode(r.material, 'hex')
            FROM jsonb_to_recordset(CAST(CAST(:rows AS text) AS jsonb)) AS r (key text, version text, material text)
            WHERE v.key_id = r.key AND v.key_version_id = r.version
            """;

    private static final String REPLACE =
            "UPDATE kms_instance SET wrapped_key = :wrapped, key_rotated_at = calendar_now() WHERE instance_id = :instance";

    private final InstanceStore instances;
    private final CurrentRootKey rootKey;
    private final Envelope envelope;
    private final ObjectMapper json;

    InstanceKeyRotation(InstanceStore instances, CurrentRootKey rootKey, Envelope envelope, ObjectMapper json) {
        this.instances = instances;
        this.rootKey = rootKey;
        this.envelope = envelope;
        this.json = json;
    }

    /** What became of an order. */
    public sealed interface Outcome {
        /** So many materials are under the new key. */
        record Done(KmsInstance instance, int materials) implements Outcome {}

        record NotThere() implements Outcome {}

        record Released() implements Outcome {}
    }

    /** Somebody holds a row of the instance for longer than this waits; nothing was changed. */
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Within a transaction of its own.
     *
     * @param instanceId of an instance, or of an account's share of KMS 1.0
     * @return fails with {@link Busy}, or with an {@link io.gyre.envelope.EnvelopeException} where a material does not open;
     *     the transaction is to be rolled back then
     */
    public Uni<Outcome> rotate(Mutiny.StatelessSession session, String account, String instanceId) {
        return session.createNativeQuery(WAIT)
                .executeUpdate()
                .chain(() -> instances.taken(session, account, instanceId))
                .chain(instance -> {
                    if (instance == null) {
                        return Uni.createFrom().item(new Outcome.NotThere());
                    }
                    if (instance.releasedAt() != null) {
                        return Uni.createFrom().item(new Outcome.Released());
                    }
                    return rotate(session, instance);
                })
                .onFailure(LockAcquisitionException.class)
                .transform(failure -> new Busy());
    }

    private Uni<Outcome> rotate(Mutiny.StatelessSession session, KmsInstance instance) {
        String id = instance.instanceId();
        return rootKey.forSealing(session)
                .map(under -> envelope.newInstanceKey(under, id))
                .chain(fresh -> rewrap(session, OF_KEYS, REWRAP_KEYS, instance, fresh)
                        .chain(keys -> rewrap(session, OF_VERSIONS, REWRAP_VERSIONS, instance, fresh)
                                .chain(versions -> session.createNativeQuery(REPLACE)
                                        .setParameter("wrapped", fresh)
                                        .setParameter("instance", id)
                                        .executeUpdate()
                                        .chain(() -> session.get(KmsInstance.class, id))
                                        .map(rotated -> new Outcome.Done(rotated, keys + versions)))));
    }

    /** @return how many */
    private Uni<Integer> rewrap(
            Mutiny.StatelessSession session, String read, String write, KmsInstance instance, byte[] fresh) {
        return session.createNativeQuery(read, Tuple.class)
                .setParameter("instance", instance.instanceId())
                .getResultList()
                .chain(rows -> {
                    Uni<Void> written = Uni.createFrom().voidItem();
                    for (int from = 0; from < rows.size(); from += CHUNK) {
                        String chunk =
                                rewrapped(rows.subList(from, Math.min(from + CHUNK, rows.size())), instance, fresh);
                        written = written.chain(() -> session.createNativeQuery(write)
                                .setParameter("rows", chunk)
                                .executeUpdate()
                                .replaceWithVoid());
                    }
                    return written.replaceWith(rows.size());
                });
    }

    private String rewrapped(List<Tuple> rows, KmsInstance instance, byte[] fresh) {
        ArrayNode rewrapped = json.createArrayNode();
        for (Tuple row : rows) {
            String key = row.get("key_id", String.class);
            byte[] material = envelope.rewrapKeyMaterial(
                    instance.instanceId(),
                    instance.wrappedKey(),
                    fresh,
                    key,
                    row.get("wrapped_material", byte[].class));
            rewrapped
                    .addObject()
                    .put("key", key)
                    .put("version", row.get("version", String.class))
                    .put("material", HexFormat.of().formatHex(material));
        }
        return rewrapped.toString();
    }
}
