package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.Server;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What effects and phases tell the engine about themselves. */
class EffectsTest {
    private static final Account ACCOUNT = new Account("rm-1", "app");
    private static final Server SERVER = new Server("h", 5432);
    private static final Instance INSTANCE = new Instance("cn-hangzhou", "i-1");
    private static final SshServer SSH = new SshServer("h", 22, "");

    @Test
    void anEffectNeedsTheCredentialThatItUsesAndNoOther() {
        for (Credential which : Credential.values()) {
            for (Effect effect : List.of(
                    new RamEffect.ReachKey(which),
                    new RamEffect.ProveKey(which),
                    new RamEffect.ProveKeyRefused(which),
                    new RdsEffect.ReachDatabase(SERVER, which),
                    new RdsEffect.ResetPassword(ACCOUNT, which),
                    new RdsEffect.ProveLogin(SERVER, which),
                    new RdsEffect.ProveLoginRefused(SERVER, which),
                    new EcsEffect.ReachSsh(SSH, which),
                    new EcsEffect.AddKey(INSTANCE, which),
                    new EcsEffect.RemoveKey(INSTANCE, which),
                    new EcsEffect.SetPassword(INSTANCE, which),
                    new EcsEffect.ProveSsh(SSH, which),
                    new EcsEffect.ProveSshRefused(SSH, which))) {
                assertEquals(Set.of(which), effect.needs(), effect::toString);
            }
        }
    }

    @Test
    void aTrialOfBothNeedsBoth() {
        Set<Credential> both = Set.of(Credential.CANDIDATE, Credential.FORMER);
        assertEquals(both, new RdsEffect.TryBoth(SERVER).needs());
        assertEquals(both, new EcsEffect.TryBothSsh(SSH).needs());
    }

    @Test
    void whatOnlyNamesACredentialNeedsNoValue() {
        for (Effect effect : List.of(
                new RamEffect.InspectUser("u", Set.of("k")),
                new RamEffect.CreateKey("u"),
                new RamEffect.DeleteKey("u", "k"),
                new RdsEffect.InspectAccount(ACCOUNT),
                new RdsEffect.AwaitAccount(ACCOUNT),
                new EcsEffect.InspectInstance(INSTANCE),
                new EcsEffect.AwaitCommand(INSTANCE, "t-1"))) {
            assertEquals(Set.of(), effect.needs(), effect::toString);
            assertEquals(Duration.ofSeconds(10), effect.timeout());
        }
    }

    @Test
    void anEffectTellsWhatItCallsAndHowOftenAtMost() {
        Credential which = Credential.CANDIDATE;
        assertEquals(new Calls(CloudProduct.RAM, 2), new RamEffect.InspectUser("u", Set.of()).calls());
        assertEquals(new Calls(CloudProduct.RDS, 2), new RdsEffect.InspectAccount(ACCOUNT).calls());
        for (Effect effect : List.of(
                new RamEffect.CreateKey("u"),
                new RamEffect.ReadLastUse("u", "k"),
                new RamEffect.EnableKey("u", "k"),
                new RamEffect.DisableKey("u", "k"),
                new RamEffect.DeleteKey("u", "k"))) {
            assertEquals(new Calls(CloudProduct.RAM, 1), effect.calls(), effect::toString);
        }
        for (Effect effect : List.of(
                new RamEffect.ReachKey(which), new RamEffect.ProveKey(which), new RamEffect.ProveKeyRefused(which))) {
            assertEquals(new Calls(CloudProduct.STS, 1), effect.calls(), effect::toString);
        }
        for (Effect effect :
                List.of(new RdsEffect.ResetPassword(ACCOUNT, which), new RdsEffect.AwaitAccount(ACCOUNT))) {
            assertEquals(new Calls(CloudProduct.RDS, 1), effect.calls(), effect::toString);
        }
        for (Effect effect : List.of(
                new EcsEffect.InspectInstance(INSTANCE),
                new EcsEffect.AddKey(INSTANCE, which),
                new EcsEffect.RemoveKey(INSTANCE, which),
                new EcsEffect.SetPassword(INSTANCE, which),
                new EcsEffect.AwaitCommand(INSTANCE, "t-1"))) {
            assertEquals(new Calls(CloudProduct.ECS, 1), effect.calls(), effect::toString);
        }
    }

    @Test
    void aLoginCallsNoApi() {
        Credential which = Credential.CANDIDATE;
        for (Effect effect : List.of(
                new RdsEffect.ReachDatabase(SERVER, which),
                new RdsEffect.TryBoth(SERVER),
                new RdsEffect.ProveLogin(SERVER, which),
                new RdsEffect.ProveLoginRefused(SERVER, which),
                new EcsEffect.ReachSsh(SSH, which),
                new EcsEffect.TryBothSsh(SSH),
                new EcsEffect.ProveSsh(SSH, which),
                new EcsEffect.ProveSshRefused(SSH, which))) {
            assertEquals(0, effect.calls().most(), effect::toString);
        }
    }

    @Test
    void aProductIsCalledByItsShortName() {
        assertEquals("sts", CloudProduct.STS.label());
    }

    @Test
    void aCandidateIsCalledWhatItsRecipeIsFor() {
        for (Recipe recipe : List.of(
                RdsRotation.passwordOf("app"), EcsRotation.passwordOf("app"), new Recipe.EcsKeyPair("app", false))) {
            assertEquals("app", recipe.credentialName());
            assertEquals("app", new Decision.NewCandidate.Make(recipe).credentialName());
        }
    }

    @Test
    void everyPhaseHasATitleOfItsOwn() {
        for (Machine machine : List.of(new RamRotation(), new RdsRotation(), new EcsRotation())) {
            Set<String> titles = new HashSet<>();
            for (Phase phase : machine.table().phases().getEnumConstants()) {
                String title = machine.title(phase.name());
                assertEquals(phase.title(), title);
                assertFalse(title.isBlank());
                titles.add(title);
            }
            // ECS waits in two phases for what two kinds of credentials have in common.
            assertTrue(titles.size() >= machine.table().phases().getEnumConstants().length - 2, titles::toString);
        }
    }

    @Test
    void aPhaseSaysWhetherItsEffectChangesTheTarget() {
        Machine ram = new RamRotation();
        assertTrue(ram.changesTheTarget("CREATE"));
        assertFalse(ram.changesTheTarget("INSPECT"));
        assertFalse(ram.changesTheTarget("OVERLAP"));
    }

    @Test
    void theDelayDoublesFromTenSecondsToThreeHundredAndIsJittered() {
        List<Integer> whole = List.of(10, 20, 40, 80, 160, 300, 300, 300);
        for (int attempt = 1; attempt <= whole.size(); attempt++) {
            Duration most = Duration.ofSeconds(whole.get(attempt - 1));
            assertEquals(most, Patience.backoff(attempt, 1));
            assertEquals(most.dividedBy(2), Patience.backoff(attempt, 0.5));
            assertEquals(Duration.ZERO, Patience.backoff(attempt, 0));
        }
        assertEquals(Duration.ofSeconds(300), Patience.backoff(1_000, 1));
    }

    @Test
    void spansAreSaidInTheirLargestUnits() {
        assertEquals("0 s", Spans.inWords(Duration.ofSeconds(-5)));
        assertEquals("59 s", Spans.inWords(Duration.ofSeconds(59)));
        assertEquals("1 min", Spans.inWords(Duration.ofMinutes(1)));
        assertEquals("59 min", Spans.inWords(Duration.ofMinutes(59)));
        assertEquals("31 h 12 min", Spans.inWords(Duration.ofMinutes(31 * 60 + 12)));
    }
}
