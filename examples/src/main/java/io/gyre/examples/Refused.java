package io.gyre.examples;

/** A credential was not accepted where it is checked. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param what a sentence without the credential's secret */
    public Refused(String what) {
        super(what, null, false, false);
    }
}
