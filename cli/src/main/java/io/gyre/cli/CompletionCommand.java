package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gyre completion}. */
@Command(
        name = "completion",
        description = {
            "Write the script by which a shell completes commands, options and their values when you press Tab.",
            "bash: source <(./gyre completion bash)",
            "zsh:  source <(./gyre completion zsh)",
            "The same line in ~/.bashrc or ~/.zshrc, with the whole path of gyre, does it in each new shell."
        })
final class CompletionCommand implements Callable<Integer> {
    /** The script asks which of the two runs it, so that both are given the same one. */
    @SuppressWarnings("unused")
    private enum Shell {
        bash,
        zsh
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    @SuppressWarnings({"unused", "NullAway.Init"})
    private Shell shell;

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        Console.standard().line(AutoComplete.bash(root.name(), root.commandLine()));
        return ExitStatus.DONE;
    }
}
