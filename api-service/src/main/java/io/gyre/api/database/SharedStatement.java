package io.gyre.api.database;

import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement that answers many questions at once. Questions that arrive while one is on its way share the next: under
 * load a question costs a row of a statement, and an idle service answers at once. A statement is sent after the last of
 * its questions has arrived, so each sees whatever was committed before it. Safe for use by several event loops, each of
 * which gathers for itself.
 *
 * @param <Q> a question
 * @param <A> the answer to one
 */
public final class SharedStatement<Q, A> {
    /** In one statement; more wait for the next. */
    private static final int LARGEST_GROUP = 64;

    /** Statements of one event loop that are on their way at a time: one travels while another is worked on. */
    private static final int AT_A_TIME = 2;

    private final Pool pool;
    private final String sql;
    private final Function<List<Q>, Tuple> parameters;
    private final Function<Row, A> answer;
    private final LongAdder statements = new LongAdder();
    private final LongAdder questions = new LongAdder();
    private final ThreadLocal<Gathering> own = ThreadLocal.withInitial(Gathering::new);

    /**
     * @param sql answers each question by at most one row, whose column {@code n} is the question's number, from 1 on
     * @param parameters of the statement, from the questions in their order
     * @param name of the statement, as {@link Meter#SHARED_STATEMENT} has it
     */
    public SharedStatement(
            Pool pool,
            String sql,
            Function<List<Q>, Tuple> parameters,
            Function<Row, A> answer,
            Metrics metrics,
            String name) {
        this.pool = pool;
        this.sql = sql;
        this.parameters = parameters;
        this.answer = answer;
        metrics.showsCount(Meter.SHARED_STATEMENT, statements::sum, name);
        metrics.showsCount(Meter.SHARED_QUESTION, questions::sum, name);
    }

    /** Null where no row answers it; goes on in the context that it was asked in. */
    public Uni<@Nullable A> ask(Q question) {
        return Uni.createFrom()
                .emitter(emitter -> own.get().add(new Waiting<>(question, Vertx.currentContext(), emitter)));
    }

    /** A question, and the context that its asker goes on in. */
    private record Waiting<Q, A>(Q question, Context context, UniEmitter<? super @Nullable A> emitter) {
        void answered(@Nullable A answer) {
            context.runOnContext(on -> emitter.complete(answer));
        }

        void failed(Throwable failure) {
            context.runOnContext(on -> emitter.fail(failure));
        }
    }

    private final class Gathering {
        private final Deque<Waiting<Q, A>> waiting = new ArrayDeque<>();
        private int onTheirWay;

        void add(Waiting<Q, A> question) {
            waiting.add(question);
            sendWhatWaits();
        }

        private void sendWhatWaits() {
            while (!waiting.isEmpty() && onTheirWay < AT_A_TIME) {
                List<Waiting<Q, A>> group = new ArrayList<>();
                while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
                    group.add(waiting.remove());
                }
                onTheirWay++;
                statements.increment();
                questions.add(group.size());
                pool.preparedQuery(sql)
                        .execute(parameters.apply(
                                group.stream().map(Waiting::question).toList()))
                        .onComplete(rows -> {
                            onTheirWay--;
                            hand(group, rows);
                            sendWhatWaits();
                        });
            }
        }
    }

    private void hand(List<Waiting<Q, A>> group, AsyncResult<RowSet<Row>> rows) {
        if (rows.failed()) {
            group.forEach(each -> each.failed(rows.cause()));
            return;
        }
        List<@Nullable A> answers = new ArrayList<>(Collections.nCopies(group.size(), null));
        for (Row row : rows.result()) {
            answers.set(row.getLong("n").intValue() - 1, answer.apply(row));
        }
        for (int i = 0; i < answers.size(); i++) {
            group.get(i).answered(answers.get(i));
        }
    }
}
