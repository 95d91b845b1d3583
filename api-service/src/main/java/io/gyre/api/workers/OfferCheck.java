package io.gyre.api.workers;

/**
 * What a worker saw of an offered credential, in sentences.
 *
 * @param what was looked at
 * @param state {@code works}, {@code noted} (it works, and something beside it will need a person), {@code refused} or {@code open}
 * @param remedy what to do; empty for nothing
 */
public record OfferCheck(String what, String state, String seen, String means, String remedy) {
    /** Whether a secret can be made of it. */
    public boolean sound() {
        return state.equals("works") || state.equals("noted");
    }
}
