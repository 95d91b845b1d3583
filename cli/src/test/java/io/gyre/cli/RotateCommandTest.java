package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotateCommandTest {
    private static final String ID = "6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a";
    private static final String LIST = "GET rotations?limit=200&secret=db%2Forders";

    @TempDir
    private Path folder;

    private AnsweringServer gyre;

    @BeforeEach
    void serve() throws IOException {
        gyre = new AnsweringServer(folder);
        gyre.answers(
                "RotateSecret",
                "{\"SecretName\":\"db/orders\",\"VersionId\":\"v2\",\"Arn\":\"acs:kms:::secret/db/orders\"}");
        gyre.answers(
                LIST,
                "{\"rotations\":[{\"rotationId\":\"other\",\"secretName\":\"db/orders-old\"}],\"nextToken\":\"more\"}");
        gyre.answers(
                "GET rotations?limit=200&nextToken=more&secret=db%2Forders",
                "{\"rotations\":[{\"rotationId\":\"" + ID + "\",\"secretName\":\"db/orders\"}]}");
        gyre.answers("GET rotations/" + ID, rotation("Running", ""));
    }

    @AfterEach
    void stop() {
        gyre.close();
    }

    private static String rotation(String state, String more) {
        return """
                {"rotationId":"ID","secretName":"db/orders","rotationType":"rds","secretSubType":"DoubleUsers",
                 "trigger":"immediate","state":"STATE","phase":"SETTLE","note":"Waiting",MORE
                 "requestedAt":"2026-03-02T10:00:00Z","credentials":{"candidate":{"versionId":"v2"}},
                 "timeline":[],"orphans":[],"asOf":{"calendar":"2026-03-02T10:04:10Z","wall":"2026-03-02T10:00:20Z"}}
                """.replace("ID", ID).replace("STATE", state).replace("MORE", more);
    }

    @Test
    void aRotationIsBegunAndNamed() {
        assertEquals(0, gyre.gyreWithKms("rotate", "db/orders", "--version-id=v2", "--window=2h"), gyre.errors());
        assertEquals("The rotation of db/orders has begun: ./gyre rotation show " + ID + " --watch\n", gyre.output());
        assertEquals(
                "RotateSecret RotationWindow=7200s&SecretName=db%2Forders&VersionId=v2",
                gyre.requests().get(0));
        assertEquals(0, gyre.gyreWithKms("rotate", "db/orders", "--version-id=v2", "--json"), gyre.errors());
        assertTrue(gyre.output().contains("\"rotationId\" : \"" + ID + "\""));
    }

    @Test
    void aVersionWithoutAnIdOfItsOwnGetsOneThatNoOtherHas() {
        assertEquals(1, gyre.gyreWithKms("rotate", "db/orders"), "the server answers a rotation towards v2");
        assertEquals(1, gyre.gyreWithKms("rotate", "db/orders"));
        List<String> orders = gyre.requests().stream()
                .filter(request -> request.startsWith("RotateSecret"))
                .toList();
        assertTrue(orders.get(0).matches("RotateSecret SecretName=db%2Forders&VersionId=[0-9a-f-]{36}"), orders.get(0));
        assertEquals(2, orders.stream().distinct().count());
    }

    @Test
    void aRefusalIsToldInTheWordsOfTheApi() {
        gyre.answers(
                "RotateSecret",
                "409 {\"Code\":\"Rejected.Rotating\",\"Message\":\"Your secret is being rotated, please try again later\"}");
        assertEquals(1, gyre.gyreWithKms("rotate", "db/orders"));
        assertEquals("gyre: Your secret is being rotated, please try again later\n", gyre.errors());
    }

    @Test
    void aVersionThatIsThereAlreadyBeginsNothing() {
        assertEquals(1, gyre.gyreWithKms("rotate", "db/orders", "--version-id=v1"));
        assertEquals(
                "gyre: Nothing has begun: db/orders has a version \"v1\" already; leave --version-id away, or name"
                        + " another one.\n",
                gyre.errors());
    }

    @Test
    void aWatchEndsWithTheRotationAndItsStatusTellsHow() {
        String ended = "\"endedAt\":\"2026-03-02T10:00:09Z\",";
        String show = "GET rotations/" + ID;
        gyre.answers(show, rotation("Running", ""), rotation("Running", ""), rotation("Succeeded", ended));
        assertEquals(0, gyre.gyreWithKms("rotate", "db/orders", "--version-id=v2", "--watch"), gyre.errors());
        String shown = gyre.output();
        assertTrue(shown.contains("· Running") && shown.contains("· Succeeded"), shown);

        gyre.answers(show, rotation("Waiting", ""));
        assertEquals(
                9, gyre.gyreWithKms("rotate", "db/orders", "--version-id=v2", "--watch"), "a person is waited for");
        gyre.answers(show, rotation("Waiting", ""), rotation("Failed", ended));
        assertEquals(9, gyre.gyre("rotation", "show", ID, "--watch"));
        assertTrue(gyre.output().contains("· Failed"), "who shows a waiting rotation sees it end");
    }

    @Test
    void theKmsApiOfAnotherInstallationHasToBeNamed() {
        assertEquals(1, gyre.gyre("rotate", "db/orders"));
        assertEquals(
                "gyre: Where the KMS API of the installation at " + gyre.endpoint()
                        + " is has to be said: name it with --kms-endpoint, for example https://gyre.example:7643.\n",
                gyre.errors());
        assertEquals(
                1, gyre.gyre("rotate", "db/orders", "--kms-endpoint=http://gyre.example:7600"), "nobody may listen");
        assertEquals(
                "gyre: By plain HTTP others could listen on the way to gyre.example, and nothing was sent: name its"
                        + " https:// address with --kms-endpoint, at the port of GYRE_API_PORT (7643 of the local platform).\n",
                gyre.errors());
    }
}
