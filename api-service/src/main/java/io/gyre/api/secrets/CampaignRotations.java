package io.gyre.api.secrets;

import io.gyre.api.secrets.RotationStarter.Start;
import io.gyre.rpc.RpcFault;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Begins rotations that a campaign asks for, as any other. */
@ApplicationScoped
public class CampaignRotations {
    /** Whoever has the row just now is not waited for. */
    private static final String LOCK =
            "SELECT " + Secret.COLUMNS + " FROM secret WHERE secret_id = :secret FOR UPDATE SKIP LOCKED";

    private final SecretStore store;
    private final RotationStarter starter;

    CampaignRotations(SecretStore store, RotationStarter starter) {
        this.store = store;
        this.starter = starter;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** It has begun, if this transaction is committed. */
        record Begun(UUID rotation) implements Outcome {}

        /** The secret, or one that must not be rotated with it, is being rotated, or it is being changed by somebody else. */
        record Busy() implements Outcome {}

        /** A rotation would be refused, and not only for now. */
        record Refused(String why) implements Outcome {}
    }

    /**
     * Begins a rotation.
     *
     * @param overlap for RAM, how long the former AccessKey lives on
     * @param note the first entry of its timeline
     */
    public Uni<Outcome> begin(Mutiny.StatelessSession session, long secretId, Duration overlap, String note) {
        return session.createNativeQuery(LOCK, Secret.class)
                .setParameter("secret", secretId)
                .getSingleResultOrNull()
                .chain(secret -> secret == null
                        ? Uni.createFrom().item(new Outcome.Busy())
                        : begin(session, secret, overlap, note));
    }

    private Uni<Outcome> begin(Mutiny.StatelessSession session, Secret locked, Duration overlap, String note) {
        UUID rotation = UUID.randomUUID();
        return Uni.createFrom()
                .deferred(() -> {
                    SecretStore.refuseDeleted(locked);
                    return store.key(session, locked.keyId());
                })
                .chain(() -> starter.start(session, locked, RotationOrder.ofCampaign(locked, overlap, note), rotation))
                .<Outcome>map(start -> start == Start.BEGUN ? new Outcome.Begun(rotation) : new Outcome.Busy())
                .onFailure(RpcFault.class)
                .recoverWithItem(refusal -> new Outcome.Refused(refusal.text()));
    }
}
