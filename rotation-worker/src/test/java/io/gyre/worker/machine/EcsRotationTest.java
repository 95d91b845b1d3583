package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Decision.NewCandidate.Make;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.Happening.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EcsRotationTest {
    private static final EcsEffect.Instance I_1 = new EcsEffect.Instance("cn-hangzhou", "i-1");
    private static final Map<String, String> INSTANCE = Map.of("RegionId", "cn-hangzhou", "InstanceId", "i-1");

    @Test
    void aNewKeyWorksAndIsCurrentBeforeTheFormerOneIsRemoved() {
        Play play = new Play(new EcsRotation(), "SSHKey", INSTANCE, "root", null);
        play.woken();
        play.done(Map.of(EcsRotation.HOST, "127.0.0.1"));
        play.done(Map.of(EcsRotation.LOGIN, "works"));
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        assertEquals(
                new ProveSsh(new SshServer("127.0.0.1", 22, ""), Credential.CANDIDATE),
                play.done().effect());
        Decision promoted = play.done();
        assertTrue(promoted.does(VersionMove.PROMOTE));
        assertInstanceOf(EcsEffect.RemoveKey.class, promoted.effect());
        play.done(Map.of(EcsRotation.COMMAND, "t-2"));
        play.done();
        assertEquals(RotationState.SUCCEEDED, play.done().state());
        assertEquals(
                List.of(
                        "INSPECT",
                        "REACH",
                        "ADD_KEY",
                        "AWAIT_ADDED",
                        "PROVE_KEY",
                        "REMOVE_KEY",
                        "AWAIT_REMOVED",
                        "PROVE_REFUSED",
                        "SUCCEEDED"),
                play.phases());
    }

    @Test
    void aPasswordIsPromotedAtTheAcknowledgementAndProvenRightAfter() {
        Play play = new Play(new EcsRotation(), "Password", INSTANCE, "root", null);
        play.woken();
        play.done(Map.of(EcsRotation.HOST, "127.0.0.1"));
        play.done(Map.of(EcsRotation.LOGIN, "works"));
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        assertTrue(play.done().does(VersionMove.PROMOTE));
        play.done();
        assertEquals(RotationState.SUCCEEDED, play.done().state());
        assertEquals(
                List.of(
                        "INSPECT",
                        "REACH",
                        "SET_PASSWORD",
                        "AWAIT_SET",
                        "PROVE_PASSWORD",
                        "PROVE_REFUSED",
                        "SUCCEEDED"),
                play.phases());
    }

    @Test
    void customDataNamesThePortTheHostKeyAndTheKindOfKey() {
        Map<String, String> custom = Map.of(
                "RegionId",
                "cn-hangzhou",
                "InstanceId",
                "i-1",
                "CustomData.SshPort",
                "2222",
                "CustomData.SshHostKeySha256",
                "SHA256:abc",
                "CustomData.SshKeyType",
                "Ed25519");
        Play play = new Play(new EcsRotation(), "SSHKey", custom, "root", null);
        play.woken();
        play.done(Map.of(EcsRotation.HOST, "10.0.0.1"));
        Decision add = play.done(Map.of(EcsRotation.LOGIN, "works"));
        assertEquals(new Make(new Recipe.EcsKeyPair("root", true)), add.candidate());
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        assertEquals(
                new ProveSsh(new SshServer("10.0.0.1", 2222, "SHA256:abc"), Credential.CANDIDATE),
                play.done().effect());
    }

    @Test
    void aCommandThatFailedInTheAgentIsSentAgainAndNotLookedAtForEver() {
        Play play = new Play(new EcsRotation(), "SSHKey", INSTANCE, "root", null);
        play.woken();
        play.done(Map.of(EcsRotation.HOST, "127.0.0.1"));
        play.done(Map.of(EcsRotation.LOGIN, "works"));
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        Refused failed = new Refused(Remedy.RETRY, "ExitCodeNonzero", "The command failed.");
        assertEquals("ADD_KEY", play.happens(failed).phase());
        int sent = 1;
        while (play.state() == RotationState.RUNNING) {
            assertInstanceOf(EcsEffect.AddKey.class, play.woken().effect());
            play.done(Map.of(EcsRotation.COMMAND, "t-2"));
            sent++;
            if (play.happens(failed).phase().equals("UNDO_REMOVE")) {
                break;
            }
        }
        assertEquals(Patience.POLL.attempts(), sent);
        assertEquals(
                new EcsEffect.RemoveKey(I_1, Credential.CANDIDATE), play.last().effect());
    }
}
