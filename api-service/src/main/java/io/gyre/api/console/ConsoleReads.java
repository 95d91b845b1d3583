package io.gyre.api.console;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** What pages read of the database, and the moment of the calendar from which they count its times. */
@ApplicationScoped
class ConsoleReads {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ConsoleCalls calls;

    ConsoleReads(Mutiny.SessionFactory sessions, InstallationCalendar calendar, ConsoleCalls calls) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.calls = calls;
    }

    Uni<Moment> now() {
        return sessions.withStatelessSession(calendar::now);
    }

    /**
     * In one session; nothing is asked for, nor told.
     *
     * @param shape of what was read and of the calendar's moment after that
     */
    <X, T> Uni<T> read(Function<Mutiny.StatelessSession, Uni<X>> reading, BiFunction<X, Instant, T> shape) {
        return sessions.withStatelessSession(session -> reading.apply(session)
                .chain(found -> calendar.now(session).map(now -> shape.apply(found, now.calendar()))));
    }

    /** The same as an operation of whoever looks, as {@link ConsoleCalls#make} does it. */
    <X, T> Uni<T> make(
            Visit visit,
            Visitor visitor,
            Operation operation,
            Function<Mutiny.StatelessSession, Uni<X>> reading,
            BiFunction<X, Instant, T> shape) {
        return calls.make(visit, visitor, operation, () -> read(reading, shape));
    }
}
