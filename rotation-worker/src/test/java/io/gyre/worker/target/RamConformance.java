package io.gyre.worker.target;

import static io.gyre.worker.machine.Credential.CANDIDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RamEffect.CreateKey;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import io.gyre.worker.machine.RamEffect.EnableKey;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamEffect.ProveKeyRefused;
import io.gyre.worker.machine.RamEffect.ReachKey;
import io.gyre.worker.machine.RamEffect.ReadLastUse;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.Remedy;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** AccessKeys of RAM users. */
public abstract class RamConformance extends TargetConformance {
    private static final RamEffect PROVE = new ProveKey(CANDIDATE);
    private static final RamEffect PROVE_REFUSED = new ProveKeyRefused(CANDIDATE);

    /** A new user without keys. */
    protected abstract String user();

    private Minted created(String user) {
        Minted minted = isDone(perform(new CreateKey(user), Map.of())).minted();
        if (minted == null) {
            throw new AssertionError("CreateKey told no key.");
        }
        return minted;
    }

    private Map<String, String> inspected(String user, String... known) {
        return isDone(perform(new InspectUser(user, Set.of(known)), Map.of())).facts();
    }

    @Test
    void aUserWhoIsAbsentNeedsAPerson() {
        isRefused(Remedy.ASK_PERSON, "EntityNotExist.User", perform(new InspectUser("nobody", Set.of()), Map.of()));
        isRefused(Remedy.ASK_PERSON, "EntityNotExist.User", perform(new CreateKey("nobody"), Map.of()));
    }

    @Test
    void aNewKeyIsListedAndWorksAfterAWhile() {
        String user = user();
        assertEquals("", inspected(user).get(RamRotation.KEYS));
        Minted key = created(user);
        Map<String, String> facts = inspected(user, key.name());
        assertEquals(key.name(), facts.get(RamRotation.KEYS));
        assertEquals("", facts.get(RamRotation.UNKNOWN));
        isDone(awaited(PROVE, key.value()));
    }

    @Test
    void aKeyThatIsNotKnownIsReportedWithWhenItWasCreated() {
        String user = user();
        Minted known = created(user);
        Minted unknown = created(user);
        Map<String, String> facts = inspected(user, known.name());
        assertEquals(unknown.name(), facts.get(RamRotation.UNKNOWN));
        assertFalse(Instant.parse(facts.get(RamRotation.UNKNOWN_CREATED)).equals(Instant.EPOCH));
        assertEquals("", facts.get(RamRotation.UNKNOWN_USED));
    }

    /** Whose the two are is for the listing to tell. */
    @Test
    void aThirdKeyIsRefused() {
        String user = user();
        created(user);
        created(user);
        isRefused(Remedy.RETRY, "LimitExceeded.User.AccessKey", perform(new CreateKey(user), Map.of()));
    }

    @Test
    void theUseOfAKeyCanBeRead() {
        String user = user();
        Minted key = created(user);
        ReadLastUse read = new ReadLastUse(user, key.name());
        assertEquals("", isDone(perform(read, Map.of())).facts().get(RamRotation.LAST_USED));
        isDone(awaited(PROVE, key.value()));
        assertTrue(
                comesAbout(() -> !String.valueOf(
                                isDone(perform(read, Map.of())).facts().get(RamRotation.LAST_USED))
                        .isEmpty()),
                "its use is never told");
    }

    @Test
    void aDisabledKeyIsRefusedAndWorksAgainOnceItIsEnabled() {
        String user = user();
        Minted key = created(user);
        isDone(awaited(PROVE, key.value()));
        isDone(perform(new DisableKey(user, key.name()), Map.of()));
        isDone(awaited(PROVE_REFUSED, key.value()));
        isDone(perform(new EnableKey(user, key.name()), Map.of()));
        isDone(awaited(PROVE, key.value()));
    }

    @Test
    void aDeletedKeyIsRefusedAndNoLongerListed() {
        String user = user();
        Minted key = created(user);
        isDone(awaited(PROVE, key.value()));
        isDone(perform(new DisableKey(user, key.name()), Map.of()));
        isDone(perform(new DeleteKey(user, key.name()), Map.of()));
        isDone(awaited(PROVE_REFUSED, key.value()));
        assertEquals("", inspected(user).get(RamRotation.KEYS));
    }

    @Test
    void disablingAndDeletingTwiceIsHarmlessAndAKeyThatIsGoneCannotBeEnabled() {
        String user = user();
        Minted key = created(user);
        for (int i = 0; i < 2; i++) {
            isDone(perform(new DisableKey(user, key.name()), Map.of()));
        }
        for (int i = 0; i < 2; i++) {
            isDone(perform(new DeleteKey(user, key.name()), Map.of()));
        }
        isDone(perform(new DisableKey(user, key.name()), Map.of()));
        assertEquals(
                "",
                isDone(perform(new ReadLastUse(user, key.name()), Map.of()))
                        .facts()
                        .get(RamRotation.LAST_USED));
        isRefused(
                Remedy.ASK_PERSON, "EntityNotExist.User.AccessKey", perform(new EnableKey(user, key.name()), Map.of()));
    }

    @Test
    void whetherAKeyWorksIsReportedWhereThatDecidesNothing() {
        String user = user();
        Minted key = created(user);
        isDone(awaited(PROVE, key.value()));
        RamEffect reach = new ReachKey(CANDIDATE);
        assertEquals("works", isDone(perform(reach, key.value())).facts().get(RamRotation.CALL));
        isDone(perform(new DisableKey(user, key.name()), Map.of()));
        isDone(awaited(PROVE_REFUSED, key.value()));
        assertEquals("refused", isDone(perform(reach, key.value())).facts().get(RamRotation.CALL));
    }
}
