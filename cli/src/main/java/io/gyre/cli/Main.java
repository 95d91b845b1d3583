package io.gyre.cli;

import io.gyre.cli.operations.ApiRefusal;
import io.gyre.platform.PlatformException;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        line.registerConverter(UUID.class, Main::id);
        line.registerConverter(int.class, text -> (int) wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        line.registerConverter(long.class, text -> wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE));
        line.registerConverter(double.class, Main::number);
        line.setParameterExceptionHandler((wrong, given) -> mistyped(wrong));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            GyreCommand root = line.getCommand();
            report(failure, named(failed), root.verbose);
            return ExitStatus.FAILED;
        });
        return line.execute(arguments);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"" + text
                    + "\" is no id, which looks like 6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a: copy it from the list");
        }
    }

    private static long wholeNumber(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As one that is too large.
        }
        throw new TypeConversionException("\"" + text + "\" is no whole number, or too large");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("\"" + text + "\" is no number");
        }
    }

    /** One sentence; of a command that is none without another word, also which there are. */
    private static int mistyped(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        PrintWriter err = command.getErr();
        List<String> similar =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String sentence =
                String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "").replaceFirst("[.:]$", "");
        String meant = similar.isEmpty() ? "" : "Did you mean " + String.join(" or ", similar) + "? ";
        boolean isChoice = !(wrong instanceof UnmatchedArgumentException)
                && !(spec.userObject() instanceof Callable)
                && !command.getSubcommands().isEmpty();
        err.println("gyre: " + sentence + ". " + meant + "./" + spec.qualifiedName() + " --help tells what there is.");
        if (isChoice) {
            command.usage(err);
        }
        return spec.exitCodeOnInvalidInput();
    }

    /** What the command was to do something with; empty where nothing was named. */
    private static String named(CommandLine failed) {
        List<String> words = failed.getParseResult() == null
                ? List.of()
                : failed.getParseResult().matchedPositionals().stream()
                        .flatMap(positional -> positional.originalStringValues().stream())
                        .toList();
        return words.isEmpty() ? "" : words.get(0);
    }

    private static void report(Exception failure, String named, boolean verbose) {
        if (Interruption.isUnderWay()) {
            // A person ended the command: what fails because of that is no news.
            return;
        }
        String sentence = failure instanceof ApiRefusal refusal && !named.isEmpty()
                ? refusal.ofWhatWasNamed(named)
                : failure instanceof PlatformException
                        ? failure.getMessage()
                        : "Something unforeseen happened: " + failure
                                + " (run it again with --verbose for the whole of it).";
        System.err.println("gyre: " + sentence);
        if (verbose) {
            failure.printStackTrace();
        }
    }
}
