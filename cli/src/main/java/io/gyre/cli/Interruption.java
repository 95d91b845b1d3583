package io.gyre.cli;

/** Whether this JVM was asked to end, by Ctrl-C or by a signal. */
final class Interruption {

    private Interruption() {}

    static boolean isUnderWay() {
        Thread never = new Thread(() -> {}, "never-started");
        try {
            Runtime.getRuntime().addShutdownHook(never);
            return !Runtime.getRuntime().removeShutdownHook(never);
        } catch (IllegalStateException e) {
            // The JVM takes no hook any more once it is ending, and has no other way to say so.
            return true;
        }
    }
}
