package io.gyre.platform.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void noTwoServersOfAPlanAreOfferedTheSamePort() {
        List<Integer> offered =
                IntStream.range(0, 2_000).mapToObj(i -> LoopbackPort.anyFree()).toList();

        assertEquals(offered.size(), new HashSet<>(offered).size());
    }

    @Test
    void anOfferedPortIsNoneThatAnOutgoingConnectionMayTake() {
        assertTrue(IntStream.range(0, 100).map(i -> LoopbackPort.anyFree()).allMatch(port -> port < 32_768));
    }
}
