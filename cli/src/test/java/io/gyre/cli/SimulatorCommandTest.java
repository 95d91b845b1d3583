package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorCommandTest {
    @TempDir
    private Path folder;

    private AnsweringServer cloud;

    @BeforeEach
    void serve() throws IOException {
        cloud = new AnsweringServer(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private int faults(String... arguments) {
        List<String> line = new ArrayList<>(List.of("simulator", "faults"));
        line.addAll(List.of(arguments));
        line.add("--cloud-endpoint=" + cloud.endpoint());
        line.add("--cloud-key-file=" + cloud.keyFile());
        return Main.run(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--error=ServiceUnavailable --status=503 --message=Later | Code=ServiceUnavailable&Count=1&HttpStatus=503"
                        + "&Kind=Error&Message=Later",
                "--error=Throttling | Code=Throttling&Count=1&HttpStatus=500&Kind=Error",
                "--delay=2m | Count=1&DelayMillis=120000&Kind=Delay",
                "--drop | Count=1&Kind=Drop",
                "--hang | Count=1&Kind=Hang"
            })
    void aCallSuffersInOneOfFourWays(String options, String sent) {
        cloud.answers("InjectFault", "{\"FaultId\":\"7\"}");
        List<String> line = new ArrayList<>(List.of("set", "Rds", "ResetAccountPassword"));
        line.addAll(List.of(options.split(" ", -1)));
        assertEquals(0, faults(line.toArray(String[]::new)), cloud.errors());
        assertEquals("The next call of Rds ResetAccountPassword will suffer: fault 7.\n", cloud.output());
        assertEquals(
                List.of("InjectFault AfterWork=false&" + sent + "&TargetAction=ResetAccountPassword&TargetProduct=Rds"),
                cloud.requests());
    }

    @Test
    void whichCallsAndHowManyCanBeSaid() {
        cloud.answers("InjectFault", "{\"FaultId\":\"7\"}");
        assertEquals(
                0,
                faults("set", "Ram", "CreateAccessKey", "--drop", "--after-work", "--count=3", "--resource=payments"));
        assertEquals("The next 3 calls of Ram CreateAccessKey will suffer: fault 7.\n", cloud.output());
        assertEquals(
                List.of("InjectFault AfterWork=true&Count=3&Kind=Drop&Resource=payments&TargetAction=CreateAccessKey"
                        + "&TargetProduct=Ram"),
                cloud.requests());
        assertEquals(2, faults("set", "Ram", "CreateAccessKey"), "how?");
        assertEquals(2, faults("set", "Ram", "CreateAccessKey", "--drop", "--hang"), "one way alone");
    }

    @Test
    void aProductThatTheCloudHasNotIsRefused() {
        assertEquals(1, faults("set", "rds", "ResetAccountPassword", "--drop"));
        assertEquals(
                "gyre: The simulated cloud has no product \"rds\": choose among Ram, Sts, Rds, Ecs.\n", cloud.errors());
        assertEquals(List.of(), cloud.requests());
    }

    @Test
    void theyAreListedAndCleared() {
        cloud.answers("ListFaults", "{\"Faults\":{\"Fault\":[]}}", """
                {"Faults":{"Fault":[{"FaultId":"7","TargetProduct":"Rds","TargetAction":"ResetAccountPassword","Kind":"Hang",
                 "Remaining":3,"Resource":null}]}}""");
        assertEquals(0, faults("list"));
        assertEquals("No call suffers. ./gyre simulator faults set lets some.\n", cloud.output());
        assertEquals(0, faults("list"));
        assertTrue(cloud.output().endsWith("\n7      Rds       ResetAccountPassword      Hang        3\n"));
        cloud.answers("ClearFaults", "{\"Cleared\":2}");
        assertEquals(0, faults("clear"));
        assertEquals("Faults that were left and are gone: 2.\n", cloud.output());
    }

    @Test
    void whatIsRefusedIsToldInTheWordsOfTheCloud() {
        cloud.answers("InjectFault", "400 {\"Code\":\"InvalidParameter\",\"Message\":\"The Count is no number.\"}");
        assertEquals(1, faults("set", "Rds", "ResetAccountPassword", "--drop"));
        assertEquals("gyre: The Count is no number.\n", cloud.errors());
    }
}
