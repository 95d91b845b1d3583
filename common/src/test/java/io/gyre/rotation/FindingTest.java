package io.gyre.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {
    @ParameterizedTest
    @CsvSource({
        "'A is gone. It cannot be reset. B stays current. Make A again.', 'A is gone.', 'It cannot be reset. B stays current.', 'Make A again.'",
        "'A is locked. Unlock it.', 'A is locked.', '', 'Unlock it.'",
        "'A is locked (rm-1.example).', 'A is locked (rm-1.example).', '', ''",
        "'', 'No worker has looked at the target yet.', '', ''"
    })
    void theFirstSentenceIsSeenTheLastIsToBeDone(String told, String seen, String means, String remedy) {
        assertEquals(new Finding(seen, means, remedy), Finding.of(told));
    }
}
