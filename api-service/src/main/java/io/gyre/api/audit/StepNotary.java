package io.gyre.api.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.outbox.Outbox;
import io.gyre.api.outbox.OutboxWitness;
import io.gyre.api.wire.WireTime;
import io.gyre.audit.AuditChain;
import io.gyre.audit.SignedHead;
import io.gyre.event.AuditHeadSigned;
import io.gyre.event.RotationStepped;
import io.gyre.event.SecretDrift;
import io.gyre.event.Topics;
import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The installation's one chain of what rotations did. Each timeline entry becomes a line as its event leaves the outbox, in
 * the transaction that deletes the event: once, whichever process relays, and however often it dies.
 */
@ApplicationScoped
public class StepNotary implements OutboxWitness {
    private static final String BEGIN = """
            INSERT INTO audit_chain (chain_id, kind, writer) VALUES (:chain, 'steps', 'the relay of any api-service')
            ON CONFLICT DO NOTHING
            """;

    /** The chain's end, held until the transaction ends, and whether a head is due by the database's clock. */
    private static final String END = """
            SELECT chain_no, chain_id, last_line, last_hash, headed_line,
                headed_at IS NULL OR headed_at <= clock_timestamp() - CAST(:seconds AS bigint) * interval '1 second' AS due
            FROM audit_chain WHERE kind = 'steps' FOR UPDATE
            """;

    private static final String ADD = """
            WITH added AS (
                INSERT INTO audit_line (chain_no, line, hash, event)
                SELECT :chain, l.line, l.hash, l.event
                FROM jsonb_to_recordset(CAST(CAST(:lines AS text) AS jsonb)) AS l (line bigint, hash text, event text))
            UPDATE audit_chain SET last_line = :last, last_hash = :hash WHERE chain_no = :chain
            """;

    private static final String HEAD = """
            WITH head AS (
                INSERT INTO audit_head (chain_no, line, hash, signed_at, key_id, signature)
                VALUES (:chain, :line, :hash, :at, :key, :signature)
                RETURNING chain_no)
            UPDATE audit_chain c SET headed_line = :line, headed_at = clock_timestamp()
            FROM head WHERE c.chain_no = head.chain_no
            """;

    /** Of {@link io.gyre.event.RotationStepped} and {@link SecretDrift}. */
    private static final List<String> TOLD = List.of(
            "rotationId",
            "step",
            "trigger",
            "versionId",
            "phase",
            "state",
            "note",
            "finding",
            "seen",
            "means",
            "do",
            "worker");

    private static final Set<String> OF_DRIFT = Set.of(SecretDrift.DRIFTED, SecretDrift.CLEARED, SecretDrift.UNCHECKED);

    private final AuditKeys keys;
    private final AuditSettings settings;
    private final Installation installation;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final InstantSource clock;

    StepNotary(
            AuditKeys keys,
            AuditSettings settings,
            Installation installation,
            Outbox outbox,
            ObjectMapper json,
            InstantSource clock) {
        this.keys = keys;
        this.settings = settings;
        this.installation = installation;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** Where the chain ends. */
    private record End(long chainNo, UUID chain, long line, String hash, boolean headed, boolean headDue) {
        static End of(Tuple row) {
            UUID chain = row.get("chain_id", UUID.class);
            long line = row.get("last_line", Long.class);
            String hash = row.get("last_hash", String.class);
            return new End(
                    row.get("chain_no", Long.class),
                    chain,
                    line,
                    hash == null ? AuditChain.root(chain) : hash,
                    row.get("headed_line", Long.class) == line,
                    row.get("due", Boolean.class));
        }
    }

    @Override
    public Uni<Void> leaving(Mutiny.StatelessSession session, List<OutboxRecord> records) {
        List<OutboxRecord> steps = records.stream()
                .filter(each -> each.topic().equals(Topics.EVENTS) && isTold(each.eventType()))
                .toList();
        if (steps.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(BEGIN)
                .setParameter("chain", UUID.randomUUID())
                .executeUpdate()
                .chain(() -> end(session))
                .chain(end -> add(session, end, steps))
                .chain(end ->
                        end.headDue() ? sign(session, end) : Uni.createFrom().voidItem());
    }

    /** What else is on that topic follows from calls, and those are told by themselves. */
    private static boolean isTold(String type) {
        return RotationStepped.TYPES.contains(type) || OF_DRIFT.contains(type);
    }

    /** Signs the chain's end where a head is due: after the last step for a while, no other does it. */
    public Uni<Void> signTail(Mutiny.StatelessSession session) {
        return end(session)
                .chain(end -> end == null || end.headed() || !end.headDue()
                        ? Uni.createFrom().voidItem()
                        : sign(session, end));
    }

    private Uni<@Nullable End> end(Mutiny.StatelessSession session) {
        return session.createNativeQuery(END, Tuple.class)
                .setParameter("seconds", settings.headInterval().toSeconds())
                .getSingleResultOrNull()
                .map(row -> row == null ? null : End.of(row));
    }

    private Uni<End> add(Mutiny.StatelessSession session, End end, List<OutboxRecord> steps) {
        ArrayNode lines = json.createArrayNode();
        long line = end.line();
        String hash = end.hash();
        for (OutboxRecord step : steps) {
            String event = event(step);
            line++;
            hash = AuditChain.next(hash, event);
            lines.addObject().put("line", line).put("hash", hash).put("event", event);
        }
        End after = new End(end.chainNo(), end.chain(), line, hash, false, end.headDue());
        return session.createNativeQuery(ADD)
                .setParameter("chain", end.chainNo())
                .setParameter("lines", lines.toString())
                .setParameter("last", after.line())
                .setParameter("hash", after.hash())
                .executeUpdate()
                .replaceWith(after);
    }

    private Uni<Void> sign(Mutiny.StatelessSession session, End end) {
        SignedHead head = keys.signer().sign(end.chain(), end.line(), end.hash(), clock.instant());
        return session.createNativeQuery(HEAD)
                .setParameter("chain", end.chainNo())
                .setParameter("line", head.line())
                .setParameter("hash", head.hash())
                .setParameter("at", head.at())
                .setParameter("key", head.keyId())
                .setParameter("signature", head.signature())
                .executeUpdate()
                .chain(() -> outbox.put(
                        session,
                        Topics.AUDIT_HEADS,
                        head.chain().toString(),
                        AuditHeadSigned.TYPE,
                        clock.instant(),
                        AuditHeadSigned.of(head)));
    }

    /**
     * The timeline entry, or what a look for drift found, in the shape of the calls' events. Both are written without secrets. What a record
     * does not say is left out: whatever leaves is told, in whatever shape.
     */
    private String event(OutboxRecord record) {
        JsonNode step = read(record);
        ObjectNode event = json.createObjectNode()
                .put("eventVersion", "1")
                .put("eventType", "AliyunServiceEvent")
                .put("eventName", OF_DRIFT.contains(record.eventType()) ? "DriftCheck" : "RotationStep")
                .put("eventTime", WireTime.text(record.eventTime()))
                .put("serviceName", "Kms")
                .put("acsRegion", installation.region())
                .put("eventRW", CallEffect.WRITE.word())
                .put("resourceType", "ACS::KMS::Secret")
                .put("resourceName", record.recordKey());
        ObjectNode more = event.putObject("additionalEventData")
                .put("eventId", record.eventId().toString());
        TOLD.stream().filter(step::hasNonNull).forEach(field -> more.set(field, step.get(field)));
        return event.toString();
    }

    private JsonNode read(OutboxRecord record) {
        try {
            return json.readTree(record.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL keeps nothing as jsonb that is no JSON", e);
        }
    }
}
