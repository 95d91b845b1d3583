package io.gyre.api.schedule;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Goes through all that is due, in batches, one after the other. */
final class Batches {
    private Batches() {}

    /**
     * What was begun is not due any more, so only what was not begun is passed over.
     *
     * @param size how many are handed out together
     * @param next hands out what is due, without the first so many
     * @param begin whether it was begun; it does not fail
     */
    static <T> Uni<Void> each(int size, IntFunction<Uni<List<T>>> next, Function<T, Uni<Boolean>> begin) {
        return from(0, size, next, begin);
    }

    private static <T> Uni<Void> from(
            int passedOver, int size, IntFunction<Uni<List<T>>> next, Function<T, Uni<Boolean>> begin) {
        return next.apply(passedOver).chain(due -> count(due, begin)
                .chain(begun -> due.size() < size
                        ? Uni.createFrom().voidItem()
                        : from(passedOver + due.size() - begun, size, next, begin)));
    }

    /** @return how many were begun */
    private static <T> Uni<Integer> count(List<T> due, Function<T, Uni<Boolean>> begin) {
        Uni<Integer> all = Uni.createFrom().item(0);
        for (T one : due) {
            all = all.chain(count -> begin.apply(one).map(begun -> begun ? count + 1 : count));
        }
        return all;
    }
}
