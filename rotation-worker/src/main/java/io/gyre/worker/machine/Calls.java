package io.gyre.worker.machine;

/**
 * How many calls of a cloud's API an effect makes at most. They are taken from the budget that all workers share, before
 * the effect begins.
 *
 * @param most zero where no API is called, as for a login: then the product says nothing
 */
public record Calls(CloudProduct product, int most) {
    /** Whatever the product, nothing of it is called. */
    public static final Calls NONE = new Calls(CloudProduct.RAM, 0);

    static Calls of(CloudProduct product) {
        return new Calls(product, 1);
    }
}
