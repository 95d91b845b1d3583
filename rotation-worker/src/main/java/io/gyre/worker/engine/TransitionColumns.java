package io.gyre.worker.engine;

import io.gyre.event.RotationStepped;
import io.gyre.worker.machine.Wake;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Many transitions as the arrays of {@link RotationSql#MOVE}, one array a column. */
final class TransitionColumns {
    private final List<Transition> group;

    TransitionColumns(List<Transition> group) {
        this.group = group;
    }

    /** In the order of the statement's parameters, from $1 to $15. */
    List<Object> values() {
        return List.of(
                column(UUID[]::new, each -> each.claimed().rotation().id()),
                column(Long[]::new, each -> each.claimed().fence()),
                column(String[]::new, each -> each.decision().phase()),
                column(String[]::new, each -> each.decision().state().label()),
                column(String[]::new, TransitionColumns::memory),
                column(Integer[]::new, each -> each.decision().attempt()),
                column(String[]::new, each -> each.decision().telling().finding()),
                column(String[]::new, each -> each.decision().telling().note()),
                column(String[]::new, TransitionColumns::wakeClock),
                column(Long[]::new, TransitionColumns::wakeMillis),
                column(Long[]::new, each -> millis(each.lease())),
                column(String[]::new, TransitionColumns::eventType),
                column(
                        Boolean[]::new,
                        each -> each.claimed().order() != null
                                || each.decision().state().hasEnded()),
                column(Long[]::new, each -> millis(each.decision().extended())),
                column(Integer[]::new, each -> each.claimed().commits()));
    }

    private <T> @Nullable T[] column(IntFunction<@Nullable T[]> array, Function<Transition, @Nullable T> value) {
        @Nullable T[] column = array.apply(group.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(group.get(i));
        }
        return column;
    }

    private static String memory(Transition transition) {
        return new JsonObject(new HashMap<>(transition.decision().memory())).encode();
    }

    private static String eventType(Transition transition) {
        return transition.decision().telling().warning()
                ? RotationStepped.WARNED
                : RotationStepped.typeFor(transition.decision().state().label());
    }

    private static @Nullable String wakeClock(Transition transition) {
        Wake wake = transition.decision().wake();
        return wake == null ? null : wake.clock().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long wakeMillis(Transition transition) {
        Wake wake = transition.decision().wake();
        return wake == null ? null : millis(wake.after());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
