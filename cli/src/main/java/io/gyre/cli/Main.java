package io.gyre.cli;

import io.gyre.platform.PlatformException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Where {@code ./gyre} begins. */
public final class Main {

    private Main() {}

    /** Ends the JVM with the status that {@link GyreCommand} documents. */
    public static void main(String[] arguments) {
        // The clients of Kafka and of the clouds log as if they were servers.
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine line = new CommandLine(new GyreCommand());
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            GyreCommand root = line.getCommand();
            report(failure, root.verbose);
            return ExitStatus.FAILED;
        });
        return line.execute(arguments);
    }

    private static void report(Exception failure, boolean verbose) {
        if (Interruption.isUnderWay()) {
            // A person ended the command: what fails because of that is no news.
            return;
        }
        String sentence = failure instanceof PlatformException
                ? failure.getMessage()
                : "Something unforeseen happened: " + failure + " (run it again with --verbose for the whole of it).";
        System.err.println("gyre: " + sentence);
        if (verbose) {
            failure.printStackTrace();
        }
    }
}
