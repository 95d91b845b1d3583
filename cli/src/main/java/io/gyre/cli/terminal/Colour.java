package io.gyre.cli.terminal;

/** The console's meanings of colour. Whatever has one has a word besides, so that it reads without. */
public enum Colour {
    PLAIN(""),
    WORKS("\u001b[32m"),
    LATE("\u001b[33m"),
    FAILED("\u001b[31m");

    private final String sequence;

    Colour(String sequence) {
        this.sequence = sequence;
    }

    String painted(String text) {
        return this == PLAIN ? text : sequence + text + "\u001b[0m";
    }
}
