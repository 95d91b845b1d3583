package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RdsEffect;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an effect says that it calls is what its target calls: budgets count by it. */
class CallsOfEffectsTest {
    private static final Credential WHICH = Credential.CANDIDATE;
    private static final RdsEffect.Account ACCOUNT = new RdsEffect.Account("rm-1", "app");
    private static final RdsEffect.Server NOBODY = new RdsEffect.Server("127.0.0.1", 1);
    private static final EcsEffect.Instance INSTANCE = new EcsEffect.Instance("cn-hangzhou", "i-1");
    private static final EcsEffect.SshServer SSH = new EcsEffect.SshServer("127.0.0.1", 1, "");

    private final TestCloud cloud = new TestCloud();
    private final SshTrial ssh = SshTrial.start();

    @AfterEach
    void end() {
        ssh.close();
        cloud.close();
    }

    private void callsWhatItSays(Target target, SecretText credential, List<Effect> family, Class<?> sealed) {
        Set<Class<?>> tried = new HashSet<>();
        for (Effect effect : family) {
            cloud.reached.clear();
            var unused = target.perform(effect, Map.of(WHICH, credential, Credential.FORMER, credential))
                    .await()
                    .atMost(TestCloud.SOON);
            assertEquals(effect.calls().most(), cloud.reached.size(), effect::toString);
            cloud.reached.forEach(call ->
                    assertEquals(effect.calls().product().name(), call.product().toUpperCase(Locale.ROOT)));
            tried.add(effect.getClass());
        }
        assertEquals(Set.of(sealed.getPermittedSubclasses()), tried, "each effect of the family is tried");
    }

    @Test
    void atRam() {
        // One key that is not known: the look at its last use is the second call.
        cloud.answering("ListAccessKeys", "{\"AccessKeys\":{\"AccessKey\":[{\"AccessKeyId\":\"k\"}]}}")
                .withKey("k", "s", true);
        callsWhatItSays(
                new RamTarget(cloud.rpc, cloud.config()),
                SecretText.of("{\"AccessKeyId\":\"k\",\"AccessKeySecret\":\"s\"}"),
                List.of(
                        new RamEffect.InspectUser("app", Set.of()),
                        new RamEffect.CreateKey("app"),
                        new RamEffect.ReadLastUse("app", "k"),
                        new RamEffect.EnableKey("app", "k"),
                        new RamEffect.DisableKey("app", "k"),
                        new RamEffect.DeleteKey("app", "k"),
                        new RamEffect.ReachKey(WHICH),
                        new RamEffect.ProveKey(WHICH),
                        new RamEffect.ProveKeyRefused(WHICH)),
                RamEffect.class);
    }

    @Test
    void atRds() {
        cloud.answering(
                "DescribeDBInstanceAttribute",
                "{\"Items\":{\"DBInstanceAttribute\":[{\"DBInstanceStatus\":\"Running\"}]}}");
        callsWhatItSays(
                new RdsTarget(cloud.rpc, cloud.config(), cloud.vertx),
                SecretText.of("{\"AccountName\":\"app\",\"AccountPassword\":\"p\"}"),
                List.of(
                        new RdsEffect.InspectAccount(ACCOUNT),
                        new RdsEffect.ResetPassword(ACCOUNT, WHICH),
                        new RdsEffect.AwaitAccount(ACCOUNT),
                        new RdsEffect.ReachDatabase(NOBODY, WHICH),
                        new RdsEffect.TryBoth(NOBODY),
                        new RdsEffect.ProveLogin(NOBODY, WHICH),
                        new RdsEffect.ProveLoginRefused(NOBODY, WHICH)),
                RdsEffect.class);
    }

    @Test
    void atEcs() {
        callsWhatItSays(
                new EcsTarget(cloud.rpc, cloud.config(), ssh, new SecureRandom()),
                SecretText.of("{\"UserName\":\"app\",\"PublicKey\":\"k\",\"Password\":\"p\"}"),
                List.of(
                        new EcsEffect.InspectInstance(INSTANCE),
                        new EcsEffect.AddKey(INSTANCE, WHICH),
                        new EcsEffect.RemoveKey(INSTANCE, WHICH),
                        new EcsEffect.SetPassword(INSTANCE, WHICH),
                        new EcsEffect.AwaitCommand(INSTANCE, "t-1"),
                        new EcsEffect.ReachSsh(SSH, WHICH),
                        new EcsEffect.TryBothSsh(SSH),
                        new EcsEffect.ProveSsh(SSH, WHICH),
                        new EcsEffect.ProveSshRefused(SSH, WHICH)),
                EcsEffect.class);
    }
}
