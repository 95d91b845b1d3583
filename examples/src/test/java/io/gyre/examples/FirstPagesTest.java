package io.gyre.examples;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.testing.DocumentedCommands;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstPagesTest {
    @Test
    void everyExampleOfTheQuickStartAndTheTutorialsExistsAsItIsTyped() {
        List<List<String>> typed = DocumentedCommands.ofTheFirstPages().stream()
                .filter(words -> words.get(0).equals("example"))
                .map(words -> words.subList(1, words.size()))
                .toList();
        assertTrue(typed.size() >= Kind.values().length, typed::toString);
        for (List<String> words : typed) {
            assertDoesNotThrow(() -> Main.commandLine().parseArgs(words.toArray(String[]::new)), words::toString);
        }
    }
}
