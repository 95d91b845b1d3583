package io.gyre.api.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.database.Database;
import io.gyre.audit.AuditChain;
import io.gyre.audit.SignedHead;
import io.gyre.event.AuditHeadSigned;
import io.gyre.event.Topics;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This process's chain. Lines that come while others are being written share the next statement, so that under load many
 * cost one wait for the disk. Where a statement fails, or nobody knows what became of it, all of its lines fail, and a
 * new chain begins: no line ever has two texts. All of its state is touched on one event loop.
 */
@ApplicationScoped
public class AuditTrail {
    private static final Logger LOG = Logger.getLogger(AuditTrail.class);

    private static final int LARGEST_GROUP = 256;

    /** Callers wait for their lines: at this many, the database is too slow for what it is asked. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    /** One writes at a time; another may still be on its way without an answer. */
    private static final int MOST_SESSIONS = 2;

    private static final String WRITE = """
            WITH begun AS (
                INSERT INTO audit_chain (chain_id, kind, writer) SELECT $1::uuid, 'calls', $2::text WHERE $3::boolean
                RETURNING chain_no),
            chain AS (
                SELECT chain_no FROM begun
                UNION ALL
                SELECT chain_no FROM audit_chain WHERE chain_id = $1 AND NOT $3),
            lines AS (
                INSERT INTO audit_line (chain_no, line, hash, event)
                SELECT c.chain_no, l.line, l.hash, l.event
                FROM chain c, unnest($4::bigint[], $5::text[], $6::text[]) AS l (line, hash, event)),
            head AS (
                INSERT INTO audit_head (chain_no, line, hash, signed_at, key_id, signature)
                SELECT chain_no, $7::bigint, $8::text, $9::text, $10::text, $11::text FROM chain WHERE $7 IS NOT NULL),
            told AS (
                INSERT INTO outbox (topic, record_key, event_type, data)
                SELECT $12::text, $1::text, $13::text, CAST($14::text AS jsonb) FROM chain WHERE $7 IS NOT NULL)
            SELECT chain_no FROM chain
            """;

    private final Vertx vertx;
    private final Metrics metrics;
    private final Context loop;
    private final Pool pool;
    private final AuditKeys keys;
    private final AuditSettings settings;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final String writer =
            "api-service, process " + ProcessHandle.current().pid();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Promise<Void> quiet = Promise.promise();

    private UUID chain = UUID.randomUUID();
    private long line;
    private String hash = AuditChain.root(chain);
    private long headed;
    private boolean headWanted;
    private boolean writing;
    private boolean failing;
    private boolean closing;
    private long timer = -1;

    AuditTrail(
            Vertx vertx,
            Database database,
            AuditKeys keys,
            AuditSettings settings,
            ObjectMapper json,
            InstantSource clock,
            Metrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
        metrics.beginsAtZero(Meter.AUDIT_UNWRITTEN);
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(MOST_SESSIONS).setName("audit"))
                .connectingTo(database.connection().setCachePreparedStatements(true))
                .using(vertx)
                .build();
        this.keys = keys;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /** A line that is to be written, and the context that its caller goes on in. */
    private record Waiting(String event, @Nullable Context context, UniEmitter<? super @Nullable Void> emitter) {
        void on(Runnable end) {
            if (context == null) {
                end.run();
            } else {
                context.runOnContext(run -> end.run());
            }
        }
    }

    /** From here on, heads are signed at their interval. */
    public void start() {
        loop.runOnContext(
                run -> timer = vertx.setPeriodic(settings.headInterval().toMillis(), tick -> {
                    headWanted = true;
                    writeWhatWaits();
                }));
    }

    /** Completes once what waits is written, or was not, and the last line is signed. */
    public Uni<Void> close() {
        return Uni.createFrom().completionStage(() -> {
            loop.runOnContext(run -> {
                vertx.cancelTimer(timer);
                closing = true;
                headWanted = true;
                writeWhatWaits();
            });
            return quiet.future().toCompletionStage();
        });
    }

    @PreDestroy
    void closePool() {
        pool.close();
    }

    /**
     * Completes once the line is on disk, in the context where it was asked for.
     *
     * @param event a JSON object without secrets
     */
    Uni<Void> write(String event) {
        return Uni.createFrom().emitter(emitter -> {
            Waiting line = new Waiting(event, Vertx.currentContext(), emitter);
            loop.runOnContext(run -> add(line));
        });
    }

    private void add(Waiting line) {
        if (waiting.size() >= MOST_WAITING || closing) {
            metrics.count(Meter.AUDIT_UNWRITTEN);
            line.on(() -> line.emitter().fail(new AuditUnwritten(null)));
            return;
        }
        waiting.add(line);
        writeWhatWaits();
    }

    private void writeWhatWaits() {
        if (writing) {
            return;
        }
        if (waiting.isEmpty() && (!headWanted || headed == line)) {
            headWanted = false;
            if (closing) {
                quiet.tryComplete();
            }
            return;
        }
        writing = true;
        List<Waiting> group = new ArrayList<>();
        while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
            group.add(waiting.remove());
        }
        write(group);
    }

    private void write(List<Waiting> group) {
        boolean begins = line == 0;
        Long[] numbers = new Long[group.size()];
        String[] hashes = new String[group.size()];
        String[] events = new String[group.size()];
        String last = hash;
        for (int i = 0; i < group.size(); i++) {
            numbers[i] = line + i + 1;
            events[i] = group.get(i).event();
            last = AuditChain.next(last, events[i]);
            hashes[i] = last;
        }
        long end = line + group.size();
        String endHash = last;
        SignedHead head = begins || headWanted ? keys.signer().sign(chain, end, endHash, clock.instant()) : null;
        Tuple parameters = Tuple.of(chain, writer, begins)
                .addArrayOfLong(numbers)
                .addArrayOfString(hashes)
                .addArrayOfString(events);
        withHead(parameters, head);
        within(pool.preparedQuery(WRITE).execute(parameters)).onComplete(written -> {
            writing = false;
            if (written.succeeded()) {
                line = end;
                hash = endHash;
                if (head != null) {
                    headed = end;
                    headWanted = false;
                }
            }
            tell(group, written);
            writeWhatWaits();
        });
    }

    private void withHead(Tuple parameters, @Nullable SignedHead head) {
        if (head == null) {
            parameters.addLong(null);
            for (int i = 0; i < 4; i++) {
                parameters.addString(null);
            }
        } else {
            parameters
                    .addLong(head.line())
                    .addString(head.hash())
                    .addString(head.at())
                    .addString(head.keyId())
                    .addString(head.signature());
        }
        parameters
                .addString(Topics.AUDIT_HEADS)
                .addString(AuditHeadSigned.TYPE)
                .addString(head == null ? null : told(head));
    }

    private String told(SignedHead head) {
        try {
            return json.writeValueAsString(AuditHeadSigned.of(head));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A head is always JSON", e);
        }
    }

    /** A statement that does not end may still be written: its chain is left alone from then on. */
    private Future<Void> within(Future<RowSet<Row>> statement) {
        Promise<Void> written = Promise.promise();
        long limit = vertx.setTimer(
                WRITTEN_WITHIN.toMillis(),
                late -> written.tryFail(new TimeoutException("no answer within " + WRITTEN_WITHIN.toSeconds() + " s")));
        statement.onComplete(rows -> {
            vertx.cancelTimer(limit);
            if (rows.failed()) {
                written.tryFail(rows.cause());
            } else if (rows.result().size() == 0) {
                written.tryFail(new IllegalStateException("the chain's row is gone"));
            } else {
                written.tryComplete();
            }
        });
        return written.future();
    }

    private void tell(List<Waiting> group, AsyncResult<Void> written) {
        if (written.succeeded()) {
            if (failing) {
                failing = false;
                LOG.info("The audit log can be written again.");
            }
            group.forEach(each -> each.on(() -> each.emitter().complete(null)));
            return;
        }
        beginAnew();
        if (!failing) {
            failing = true;
            LOG.warnf(
                    "The audit log cannot be written (%s): calls are answered with status 503 until it can be.",
                    written.cause().getClass().getSimpleName());
        }
        group.forEach(each -> {
            metrics.count(Meter.AUDIT_UNWRITTEN);
            each.on(() -> each.emitter().fail(new AuditUnwritten(written.cause())));
        });
    }

    private void beginAnew() {
        chain = UUID.randomUUID();
        line = 0;
        headed = 0;
        headWanted = false;
        hash = AuditChain.root(chain);
    }
}
