package io.gyre.api.campaign;

/**
 * What a campaign's probe said at some moment.
 *
 * @param seen what it answered, to go on a sentence whose subject it is
 */
public record Probe(Colour colour, String seen) {
    public static final Probe NOT_ASKED = new Probe(Colour.NONE, "was not asked");
    public static final Probe GREEN = new Probe(Colour.GREEN, "is green");

    public static Probe red(String seen) {
        return new Probe(Colour.RED, seen);
    }

    /** Whether all is well where the credentials are used. */
    public enum Colour {
        NONE,
        GREEN,
        RED
    }
}
