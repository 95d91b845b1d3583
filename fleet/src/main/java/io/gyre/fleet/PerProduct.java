package io.gyre.fleet;

import io.gyre.worker.machine.CloudProduct;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Something for each product of a cloud. */
final class PerProduct<T> {
    private final Map<CloudProduct, T> each = new EnumMap<>(CloudProduct.class);

    static <T> PerProduct<T> of(Function<CloudProduct, T> made) {
        PerProduct<T> all = new PerProduct<>();
        for (CloudProduct product : CloudProduct.values()) {
            all.each.put(product, made.apply(product));
        }
        return all;
    }

    T of(CloudProduct product) {
        return Objects.requireNonNull(each.get(product));
    }

    Collection<T> all() {
        return each.values();
    }
}
