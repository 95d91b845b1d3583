package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.Remedy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RamTargetTest {
    private static final RamEffect INSPECT = new RamEffect.InspectUser("app", Set.of("known"));
    private static final RamEffect CREATE = new RamEffect.CreateKey("app");
    private static final RamEffect PROVE = new RamEffect.ProveKey(Credential.CANDIDATE);
    private static final RamEffect PROVE_REFUSED = new RamEffect.ProveKeyRefused(Credential.CANDIDATE);

    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Outcome perform(RamEffect effect) {
        return perform(effect, "any", "any");
    }

    private Outcome perform(RamEffect effect, String keyId, String keySecret) {
        SecretText key = SecretText.of("{\"AccessKeyId\":\"" + keyId + "\",\"AccessKeySecret\":\"" + keySecret
                + "\",\"GenerateTimestamp\":\"\"}");
        return new RamTarget(cloud.rpc, cloud.config())
                .perform(effect, Map.of(Credential.CANDIDATE, key))
                .await()
                .atMost(TestCloud.SOON);
    }

    private TestCloud listing(String... ids) {
        StringBuilder keys = new StringBuilder();
        for (String id : ids) {
            keys.append(keys.isEmpty() ? "" : ",")
                    .append("{\"AccessKeyId\":\"" + id
                            + "\",\"Status\":\"Active\",\"CreateDate\":\"2026-01-02T03:04:05Z\"}");
        }
        return cloud.answering("ListAccessKeys", "{\"AccessKeys\":{\"AccessKey\":[" + keys + "]}}");
    }

    private static Map<String, String> facts(Outcome outcome) {
        return assertInstanceOf(Done.class, outcome).facts();
    }

    @Test
    void theKeysOfAUserAreReported() {
        listing("known");
        Map<String, String> facts = facts(perform(INSPECT));

        assertEquals("known", facts.get(RamRotation.KEYS));
        assertEquals("", facts.get(RamRotation.UNKNOWN));
        assertEquals("", facts.get(RamRotation.UNKNOWN_CREATED), "an earlier look's fact must not live on");
        assertEquals("app", cloud.call("ListAccessKeys").text("UserName"));
    }

    @Test
    void anAnswerWithoutAListIsNotTakenForNoKeys() {
        cloud.answering("ListAccessKeys", "{}");
        assertInstanceOf(Unclear.class, perform(INSPECT));
        listing();
        assertEquals("", facts(perform(INSPECT)).get(RamRotation.KEYS));
    }

    @Test
    void anUnknownKeyIsReportedWithItsCreationAndLastUse() {
        listing("known", "other")
                .answering(
                        "GetAccessKeyLastUsed", "{\"AccessKeyLastUsed\":{\"LastUsedDate\":\"2026-01-03T00:00:00Z\"}}");
        Map<String, String> facts = facts(perform(INSPECT));

        assertEquals("known,other", facts.get(RamRotation.KEYS));
        assertEquals("other", facts.get(RamRotation.UNKNOWN));
        assertEquals("2026-01-02T03:04:05Z", facts.get(RamRotation.UNKNOWN_CREATED));
        assertEquals("2026-01-03T00:00:00Z", facts.get(RamRotation.UNKNOWN_USED));
        assertEquals("other", cloud.call("GetAccessKeyLastUsed").text("UserAccessKeyId"));
    }

    @Test
    void ofTwoUnknownKeysNeitherIsDescribed() {
        listing("one", "two");
        Map<String, String> facts = facts(perform(INSPECT));

        assertEquals("one,two", facts.get(RamRotation.UNKNOWN));
        assertEquals("", facts.get(RamRotation.UNKNOWN_CREATED));
    }

    @Test
    void anUnknownKeyThatGoesAwayMeanwhileIsLookedForAgain() {
        listing("other").refusing("GetAccessKeyLastUsed", 404, "EntityNotExist.User.AccessKey");

        assertEquals(
                Remedy.RETRY, assertInstanceOf(Refused.class, perform(INSPECT)).remedy());
    }

    @Test
    void aMissingUserNeedsAPerson() {
        cloud.refusing("ListAccessKeys", 404, "EntityNotExist.User");
        Refused refused = assertInstanceOf(Refused.class, perform(INSPECT));

        assertEquals(Remedy.ASK_PERSON, refused.remedy());
        assertEquals("EntityNotExist.User", refused.code());
        assertTrue(refused.what().contains("RAM user app"), refused.what());
    }

    @Test
    void aNewKeyIsMintedInTheStoredForm() {
        cloud.answering(
                "CreateAccessKey",
                "{\"AccessKey\":{\"AccessKeyId\":\"new\",\"AccessKeySecret\":\"s3cret\",\"Status\":\"Active\","
                        + "\"CreateDate\":\"2026-01-02T03:04:05Z\"}}");
        Done done = assertInstanceOf(Done.class, perform(CREATE));
        Minted minted = done.minted();

        assertEquals("new", minted.name());
        assertEquals(
                "{\"AccessKeyId\":\"new\",\"AccessKeySecret\":\"s3cret\",\"GenerateTimestamp\":\"2026-01-02T03:04:05Z\"}",
                minted.value().reveal());
        assertFalse(done.toString().contains("s3cret"));
    }

    @Test
    void whetherAKeyWasMadeIsUnclearWithoutAnAnswer() {
        cloud.hangingUp("CreateAccessKey");
        assertInstanceOf(Unclear.class, perform(CREATE));
        cloud.refusing("CreateAccessKey", 500, "InternalError");
        assertInstanceOf(Unclear.class, perform(CREATE));
        cloud.answering("CreateAccessKey", "{}");
        assertInstanceOf(Unclear.class, perform(CREATE));
    }

    @Test
    void aThirdKeyIsRefusedUntilTheListingHasToldWhichOneIsTooMany() {
        cloud.refusing("CreateAccessKey", 409, "LimitExceeded.User.AccessKey");
        assertEquals(
                Remedy.RETRY, assertInstanceOf(Refused.class, perform(CREATE)).remedy());
    }

    @Test
    void aKeyIsProvenByACallThatItSigned() {
        cloud.withKey("new", "right", true);

        assertEquals(Done.plain(), perform(PROVE, "new", "right"));
        assertEquals("new", cloud.call("GetCallerIdentity").caller().id());
        assertInstanceOf(NotYet.class, perform(PROVE_REFUSED, "new", "right"));
    }

    @Test
    void anUnknownOrDisabledKeyIsNotProvenYetAndIsProvenRefused() {
        cloud.withKey("disabled", "right", false);
        for (String id : Set.of("unknown", "disabled")) {
            assertInstanceOf(NotYet.class, perform(PROVE, id, "right"));
            assertEquals(Done.plain(), perform(PROVE_REFUSED, id, "right"));
        }
    }

    @Test
    void aWrongSecretProvesNothing() {
        cloud.withKey("new", "right", true);

        assertEquals(
                Remedy.ASK_PERSON,
                assertInstanceOf(Refused.class, perform(PROVE, "new", "wrong")).remedy());
        assertInstanceOf(Refused.class, perform(PROVE_REFUSED, "new", "wrong"));
    }

    @Test
    void aKeyIsTriedToSeeWhetherCallsCanBeTriedAtAll() {
        RamEffect reach = new RamEffect.ReachKey(Credential.CANDIDATE);
        cloud.withKey("new", "right", true);
        assertEquals(Done.with(Map.of(RamRotation.CALL, "works")), perform(reach, "new", "right"));
        assertEquals(Done.with(Map.of(RamRotation.CALL, "refused")), perform(reach, "new", "wrong"));
        assertEquals(Done.with(Map.of(RamRotation.CALL, "refused")), perform(reach, "gone", "right"));
        cloud.hangingUp("GetCallerIdentity");
        assertInstanceOf(Unclear.class, perform(reach, "new", "right"));
    }

    @Test
    void aCloudThatDoesNotAnswerProvesNoRefusal() {
        cloud.withKey("new", "right", true).hangingUp("GetCallerIdentity");
        assertInstanceOf(Unclear.class, perform(PROVE_REFUSED, "new", "right"));

        Outcome unreached = new RamTarget(cloud.rpc, TestCloud.nowhere())
                .perform(
                        PROVE_REFUSED,
                        Map.of(
                                Credential.CANDIDATE,
                                SecretText.of("{\"AccessKeyId\":\"new\",\"AccessKeySecret\":\"right\"}")))
                .await()
                .atMost(TestCloud.SOON);
        assertEquals(Remedy.RETRY, assertInstanceOf(Refused.class, unreached).remedy());
    }

    @Test
    void theLastUseIsReportedAndEmptyForNever() {
        RamEffect read = new RamEffect.ReadLastUse("app", "old");
        cloud.answering("GetAccessKeyLastUsed", "{\"AccessKeyLastUsed\":{\"LastUsedDate\":\"2026-01-03T00:00:00Z\"}}");
        assertEquals("2026-01-03T00:00:00Z", facts(perform(read)).get(RamRotation.LAST_USED));

        cloud.answering("GetAccessKeyLastUsed", "{\"AccessKeyLastUsed\":{\"LastUsedDate\":\"N/A\"}}");
        assertEquals("", facts(perform(read)).get(RamRotation.LAST_USED));
        cloud.answering("GetAccessKeyLastUsed", "{\"AccessKeyLastUsed\":{}}");
        assertEquals("", facts(perform(read)).get(RamRotation.LAST_USED));
        cloud.refusing("GetAccessKeyLastUsed", 404, "EntityNotExist.User.AccessKey");
        assertEquals("", facts(perform(read)).get(RamRotation.LAST_USED));
    }

    @Test
    void aKeyIsDisabledAndDeletedByItsName() {
        assertEquals(Done.plain(), perform(new RamEffect.DisableKey("app", "old")));
        assertEquals("old", cloud.call("UpdateAccessKey").text("UserAccessKeyId"));
        assertEquals("Inactive", cloud.call("UpdateAccessKey").text("Status"));

        assertEquals(Done.plain(), perform(new RamEffect.DeleteKey("app", "old")));
        assertEquals("old", cloud.call("DeleteAccessKey").text("UserAccessKeyId"));
    }

    @Test
    void toDisableOrDeleteAKeyThatIsGoneIsDone() {
        cloud.refusing("UpdateAccessKey", 404, "EntityNotExist.User.AccessKey")
                .refusing("DeleteAccessKey", 404, "EntityNotExist.User.AccessKey");

        assertEquals(Done.plain(), perform(new RamEffect.DisableKey("app", "old")));
        assertEquals(Done.plain(), perform(new RamEffect.DeleteKey("app", "old")));
    }

    @Test
    void aStoredValueOfAnotherFormNeedsAPersonAndIsNotQuoted() {
        Outcome outcome = new RamTarget(cloud.rpc, cloud.config())
                .perform(PROVE, Map.of(Credential.CANDIDATE, SecretText.of("hunter2 is no JSON")))
                .await()
                .atMost(TestCloud.SOON);

        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(Remedy.ASK_PERSON, refused.remedy());
        assertFalse(refused.toString().contains("hunter2"));
    }
}
