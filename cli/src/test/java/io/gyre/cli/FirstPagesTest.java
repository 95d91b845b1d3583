package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.testing.DocumentedCommands;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FirstPagesTest {
    @Test
    void everyCommandOfTheQuickStartAndTheTutorialsExistsAsItIsTyped() {
        List<List<String>> typed = DocumentedCommands.ofTheFirstPages();
        assertTrue(typed.contains(List.of("rotate", "my/first", "--watch")), typed::toString);
        for (List<String> words : typed) {
            assertDoesNotThrow(
                    () -> new CommandLine(new GyreCommand()).parseArgs(words.toArray(String[]::new)), words::toString);
        }
    }
}
