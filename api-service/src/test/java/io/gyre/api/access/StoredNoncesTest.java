package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.database.Database;
import io.gyre.api.testing.Rows;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.metrics.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoredNoncesTest {
    @Inject
    StoredNonces nonces;

    @Inject
    Vertx vertx;

    @Inject
    Database database;

    @Inject
    DatabaseOutage outage;

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    Rows rows;

    private final String nonce = UUID.randomUUID().toString();
    private final Instant soon = Instant.now().plus(Duration.ofMinutes(15));

    @Test
    void ofManyAtOnceInTwoProcessesOneIsTheFirst() throws Throwable {
        StoredNonces other = new StoredNonces(vertx, database, outage, new Metrics(new SimpleMeterRegistry()));
        try {
            List<Boolean> first = VertxContextSupport.subscribeAndAwait(() -> Uni.join()
                    .all(IntStream.range(0, 200)
                            .mapToObj(i -> (i % 2 == 0 ? nonces : other).firstUse("LTAI", nonce, soon))
                            .toList())
                    .andFailFast());
            assertEquals(1, first.stream().filter(is -> is).count());
        } finally {
            other.close();
        }
    }

    @Test
    void anothersNonceIsAnother() throws Throwable {
        assertTrue(isFirst("LTAI-one"));
        assertTrue(isFirst("LTAI-two"));
        assertFalse(isFirst("LTAI-one"));
    }

    @Test
    void whatIsTooOldToBeAnsweredIsForgottenAndNothingElse() throws Throwable {
        rows.change("INSERT INTO used_nonce VALUES (sha256('old'), clock_timestamp() - interval '16 minutes')");
        rows.change("INSERT INTO used_nonce VALUES (sha256('past'), clock_timestamp() - interval '14 minutes')");
        VertxContextSupport.subscribeAndAwait(() -> sessions.withStatelessTransaction(nonces::forgetPast));
        assertEquals(0, rows.count("SELECT count(*) FROM used_nonce WHERE digest = sha256('old')"));
        assertEquals(1, rows.count("SELECT count(*) FROM used_nonce WHERE digest = sha256('past')"));
    }

    private boolean isFirst(String key) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> nonces.firstUse(key, nonce, soon));
    }
}
