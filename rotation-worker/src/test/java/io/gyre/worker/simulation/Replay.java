package io.gyre.worker.simulation;

import java.util.stream.LongStream;

/** Runs seeds in a process of its own, and prints one line for each. */
final class Replay {
    private Replay() {}

    static String line(long seed) {
        try (Silence silence = new Silence()) {
            return "seed " + seed + " has trace "
                    + Long.toHexString(
                            new Simulation(seed, new Parts(), false).run().hash());
        }
    }

    /** @param args the first seed and the last */
    public static void main(String[] args) {
        LongStream.rangeClosed(Long.parseLong(args[0]), Long.parseLong(args[1]))
                .mapToObj(Replay::line)
                .forEach(System.out::println);
    }
}
