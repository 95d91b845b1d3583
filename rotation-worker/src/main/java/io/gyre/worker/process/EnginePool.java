package io.gyre.worker.process;

import io.gyre.worker.engine.EngineSession;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

/** The worker's one pool, with sessions as the engine needs them. */
@Singleton
class EnginePool implements PgPoolCreator {
    @Override
    public Pool create(Input input) {
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(input.pgConnectOptionsList().stream()
                        .<SqlConnectOptions>map(EngineSession::of)
                        .toList())
                .using(input.vertx())
                .build();
    }
}
