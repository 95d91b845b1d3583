package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Decision.NewCandidate.Make;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EcsRotationTest {
    private static final EcsEffect.Instance I_1 = new EcsEffect.Instance("cn-hangzhou", "i-1");
    private static final SshServer SERVER = new SshServer("127.0.0.1", 22, "");
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

    private static Play reached(String subType) {
        Play play = new Play(new EcsRotation(), subType, INSTANCE, "root", null);
        play.woken();
        play.done(Map.of(EcsRotation.HOST, "127.0.0.1"));
        play.done(Map.of(EcsRotation.LOGIN, "works"));
        return play;
    }

    @Test
    void aKeyThatWasPromotedGivesWayOnlyAfterTheFormerOneWorksAgain() {
        Play play = reached("SSHKey");
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        play.done();
        play.done();
        assertEquals(
                new EcsEffect.AddKey(I_1, Credential.FORMER),
                play.ordered(new Order.RollBack()).effect());
        play.done(Map.of(EcsRotation.COMMAND, "t-2"));
        assertEquals(new ProveSsh(SERVER, Credential.FORMER), play.done().effect());
        Decision demoted = play.done();
        assertTrue(demoted.does(VersionMove.DEMOTE));
        assertEquals(new EcsEffect.RemoveKey(I_1, Credential.CANDIDATE), demoted.effect());
        play.done(Map.of(EcsRotation.COMMAND, "t-3"));
        assertEquals(
                new EcsEffect.ProveSshRefused(SERVER, Credential.CANDIDATE),
                play.done().effect());
        Decision end = play.done();
        assertEquals(RotationState.FAILED, end.state());
        assertTrue(end.does(VersionMove.DROP_CANDIDATE));
    }

    @Test
    void anOldPasswordIsSetAgainAndProven() {
        Play play = reached("Password");
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        play.done();
        assertEquals(
                new EcsEffect.SetPassword(I_1, Credential.FORMER),
                play.ordered(new Order.RollBack()).effect());
        play.done(Map.of(EcsRotation.COMMAND, "t-2"));
        assertTrue(play.done().does(VersionMove.DEMOTE));
        assertEquals(new ProveSsh(SERVER, Credential.FORMER), play.last().effect());
        play.done();
        assertEquals(RotationState.FAILED, play.done().state());
    }

    @Test
    void afterAnUnclearChangeOfAPasswordBothAreTried() {
        Play play = reached("Password");
        assertEquals(
                new EcsEffect.TryBothSsh(SERVER),
                play.happens(new Unclear("No answer.")).effect());
        assertTrue(play.done().does(VersionMove.PROMOTE));
    }

    @Test
    void whatIsLeftOfTwoKeysIsListedByWhichOneIsNobodys() {
        Play before = reached("SSHKey");
        assertEquals(
                Orphan.left("the new SSH key of root (rotation 00000000-0000-0000-0000-000000000001)"),
                before.ordered(new Order.GiveUp()).orphan());
        Play after = reached("SSHKey");
        after.done(Map.of(EcsRotation.COMMAND, "t-1"));
        after.done();
        after.done();
        assertEquals(
                Orphan.left("the former SSH key of root (rotation 00000000-0000-0000-0000-000000000001)"),
                after.ordered(new Order.GiveUp()).orphan());
        // The new one has been current since: the former one is removed by going on.
        assertEquals(
                new EcsEffect.RemoveKey(I_1, Credential.FORMER),
                after.ordered(new Order.RollBack()).effect());
    }

    @Test
    void whatWasGivenUpOnTheWayBackIsRemovedByGoingOnAndNeverMadeCurrentAgain() {
        Play play = reached("SSHKey");
        play.done(Map.of(EcsRotation.COMMAND, "t-1"));
        play.done();
        play.done();
        assertEquals(
                new EcsEffect.AddKey(I_1, Credential.FORMER),
                play.ordered(new Order.RollBack()).effect());
        Decision givenUp = play.ordered(new Order.GiveUp());
        assertTrue(String.valueOf(givenUp.orphan()).contains("the former SSH key of root"));
        assertEquals(
                new EcsEffect.RemoveKey(I_1, Credential.FORMER),
                play.ordered(new Order.RollBack()).effect());
        play.done(Map.of(EcsRotation.COMMAND, "t-2"));
        play.done();
        assertEquals(RotationState.SUCCEEDED, play.done().state());
        assertTrue(play.decisions.stream().noneMatch(each -> each.does(VersionMove.DEMOTE)));
    }
}
