package io.gyre.worker.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.rpc.RpcClient;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.RdsEffect;
import io.gyre.worker.machine.RdsRotation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Accounts of RDS instances, through RDS 2014-08-15 and logins to the database. */
public final class RdsTarget implements Target {
    private static final String RUNNING = "Running";
    private static final String AVAILABLE = "Available";

    private final CloudApi rds;
    private final Treatments treatments;

    public RdsTarget(RpcClient rpc, CloudConfig config, Vertx vertx) {
        this.rds = CloudApi.rds(rpc, config);
        DatabaseTrial trial = new DatabaseTrial(vertx, DatabaseTrial.LIMIT);
        this.treatments = Treatments.of(RdsEffect.class)
                .on(RdsEffect.InspectAccount.class, (effect, values) -> inspect(effect))
                .on(RdsEffect.ResetPassword.class, (effect, values) -> reset(effect, values.of(Credential.CANDIDATE)))
                .on(RdsEffect.AwaitAccount.class, (effect, values) -> await(effect))
                .on(RdsEffect.ProveLogin.class, (effect, values) -> trial.of(
                                effect.host(), effect.port(), values.of(effect.which()))
                        .map(Trial::asProof))
                .on(RdsEffect.ProveLoginRefused.class, (effect, values) -> trial.of(
                                effect.host(), effect.port(), values.of(effect.which()))
                        .map(Trial::asProofOfRefusal))
                .build();
    }

    @Override
    public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        return treatments.perform(effect, credentials);
    }

    private Uni<Outcome> inspect(RdsEffect.InspectAccount effect) {
        String instanceId = effect.instanceId();
        String resource = "instance " + instanceId;
        return rds.look("DescribeDBInstanceAttribute", resource, Map.of("DBInstanceId", instanceId), answer -> {
            JsonNode instance = answer.path("Items").path("DBInstanceAttribute").path(0);
            Asked asked = new Asked("RDS", "DescribeDBInstanceAttribute", resource, false);
            if (instance.isMissingNode()) {
                return item(Refusals.ofState("InvalidDBInstanceId.NotFound", asked, "it does not exist"));
            }
            String status = instance.path("DBInstanceStatus").asText();
            if (!status.equals(RUNNING)) {
                return item(Refusals.ofState("IncorrectDBInstanceState", asked, "its status is " + status));
            }
            return account(instanceId, effect.account(), found -> inspected(instance, effect, found));
        });
    }

    private static Outcome inspected(JsonNode instance, RdsEffect.InspectAccount effect, JsonNode account) {
        String status = account.path("AccountStatus").asText();
        if (!status.equals(AVAILABLE)) {
            return atWork(effect.instanceId(), effect.account(), status);
        }
        return Done.with(Map.of(
                RdsRotation.HOST, instance.path("ConnectionString").asText(),
                RdsRotation.PORT, instance.path("Port").asText()));
    }

    private Uni<Outcome> reset(RdsEffect.ResetPassword effect, StoredValue candidate) {
        return rds.change(
                "ResetAccountPassword",
                resource(effect.instanceId(), effect.account()),
                Map.of(
                        "DBInstanceId", effect.instanceId(),
                        "AccountName", effect.account(),
                        "AccountPassword", candidate.secret("AccountPassword").reveal()),
                answer -> Done.plain());
    }

    private Uni<Outcome> await(RdsEffect.AwaitAccount effect) {
        return account(effect.instanceId(), effect.account(), account -> {
            String status = account.path("AccountStatus").asText();
            return status.equals(AVAILABLE) ? Done.plain() : atWork(effect.instanceId(), effect.account(), status);
        });
    }

    private static Outcome atWork(String instanceId, String account, String status) {
        return new NotYet("RDS is at work on " + resource(instanceId, account) + ": its status is " + status + ".");
    }

    /** An absent account is an empty list, not a refusal. */
    private Uni<Outcome> account(String instanceId, String name, Function<JsonNode, Outcome> reading) {
        String action = "DescribeAccounts";
        String resource = resource(instanceId, name);
        return rds.look(action, resource, Map.of("DBInstanceId", instanceId, "AccountName", name), answer -> {
            for (JsonNode account : answer.path("Accounts").path("DBInstanceAccount")) {
                if (account.path("AccountName").asText().equals(name)) {
                    return item(reading.apply(account));
                }
            }
            Asked asked = new Asked("RDS", action, resource, false);
            return item(Refusals.ofState("InvalidAccountName.NotFound", asked, "it does not exist"));
        });
    }

    private static String resource(String instanceId, String account) {
        return "account " + account + " of instance " + instanceId;
    }

    private static Uni<Outcome> item(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }
}
