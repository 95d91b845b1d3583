package io.gyre.api.audit;

import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.audit.AuditKey;
import io.gyre.audit.AuditSigner;
import io.gyre.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The key that signs the heads of all chains, made by the very first start; the latest one signs. */
@ApplicationScoped
public class AuditKeys {
    private static final Logger LOG = Logger.getLogger(AuditKeys.class);

    private static final String ALL =
            "SELECT key_id, encode(public_key, 'hex') AS public_key, sealed_key FROM audit_key ORDER BY made_at DESC";

    private static final String ADD = """
            INSERT INTO audit_key (key_id, public_key, sealed_key)
            VALUES (:id, decode(:publicKey, 'hex'), decode(:sealedKey, 'hex'))
            """;

    private final Mutiny.SessionFactory sessions;
    private final CurrentRootKey rootKey;
    private final Envelope envelope;
    private volatile @Nullable AuditSigner signer;

    AuditKeys(Mutiny.SessionFactory sessions, CurrentRootKey rootKey, Envelope envelope) {
        this.sessions = sessions;
        this.rootKey = rootKey;
        this.envelope = envelope;
    }

    /** To be called by one process of the installation at a time, before the first line. */
    public Uni<Void> makeOnFirstStart() {
        return sessions.withStatelessTransaction(session -> rows(session)
                        .chain(keys -> keys.isEmpty()
                                ? make(session)
                                : Uni.createFrom().item(() -> opened(keys.get(0)))))
                .invoke(key -> signer = key)
                .replaceWithVoid();
    }

    /** The public halves of all that ever signed, the latest first. */
    public Uni<List<AuditKey>> verifiers(Mutiny.StatelessSession session) {
        return rows(session).map(keys -> keys.stream()
                .map(key -> AuditKey.of(key.get("public_key", String.class)))
                .toList());
    }

    AuditSigner signer() {
        return Objects.requireNonNull(signer, "The audit log's key is made at the start.");
    }

    private static Uni<List<Tuple>> rows(Mutiny.StatelessSession session) {
        return session.createNativeQuery(ALL, Tuple.class).getResultList();
    }

    private AuditSigner opened(Tuple key) {
        AuditKey verifier = AuditKey.of(key.get("public_key", String.class));
        return AuditSigner.of(verifier, envelope.openAuditKey(verifier.id(), key.get("sealed_key", byte[].class)));
    }

    private Uni<AuditSigner> make(Mutiny.StatelessSession session) {
        AuditSigner made = AuditSigner.generate();
        String id = made.verifier().id();
        return rootKey.forSealing(session)
                .map(under -> HexFormat.of().formatHex(envelope.sealAuditKey(under, id, made.encoded())))
                .chain(hex -> session.createNativeQuery(ADD)
                        .setParameter("id", id)
                        .setParameter("publicKey", made.verifier().hex())
                        .setParameter("sealedKey", hex)
                        .executeUpdate())
                .invoke(() -> LOG.infof("Made the key that signs the audit log's heads: %s.", id))
                .replaceWith(made);
    }
}
