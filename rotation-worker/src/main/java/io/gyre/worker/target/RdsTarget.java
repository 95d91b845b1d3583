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
import io.gyre.worker.machine.RdsEffect.Account;
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
                .on(RdsEffect.InspectAccount.class, (effect, values) -> inspect(effect.account()))
                .on(
                        RdsEffect.ResetPassword.class,
                        (effect, values) -> reset(effect.account(), values.of(effect.which())))
                .on(RdsEffect.AwaitAccount.class, (effect, values) -> await(effect.account()))
                .on(RdsEffect.ReachDatabase.class, (effect, values) -> trial.of(
                                effect.server(), values.of(effect.which()))
                        .map(tried -> tried.asReach(RdsRotation.LOGIN)))
                .on(
                        RdsEffect.TryBoth.class,
                        (effect, values) -> Trial.ofBoth(
                                trial.of(effect.server(), values.of(Credential.CANDIDATE)),
                                trial.of(effect.server(), values.of(Credential.FORMER))))
                .on(RdsEffect.ProveLogin.class, (effect, values) -> trial.of(effect.server(), values.of(effect.which()))
                        .map(Trial::asProof))
                .on(RdsEffect.ProveLoginRefused.class, (effect, values) -> trial.of(
                                effect.server(), values.of(effect.which()))
                        .map(Trial::asProofOfRefusal))
                .build();
    }

    @Override
    public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        return treatments.perform(effect, credentials);
    }

    private Uni<Outcome> inspect(Account asked) {
        String instanceId = asked.instanceId();
        String resource = "instance " + instanceId;
        return rds.look("DescribeDBInstanceAttribute", resource, Map.of("DBInstanceId", instanceId), answer -> {
            JsonNode instance = answer.path("Items").path("DBInstanceAttribute").path(0);
            Asked call = new Asked("RDS", "DescribeDBInstanceAttribute", resource, false);
            if (instance.isMissingNode()) {
                return item(Refusals.ofState("InvalidDBInstanceId.NotFound", call, "it does not exist"));
            }
            String status = instance.path("DBInstanceStatus").asText();
            if (!status.equals(RUNNING)) {
                return item(Refusals.ofState("IncorrectDBInstanceState", call, "its status is " + status));
            }
            return account(asked, found -> inspected(instance, asked, found));
        });
    }

    private static Outcome inspected(JsonNode instance, Account asked, JsonNode account) {
        String status = account.path("AccountStatus").asText();
        if (!status.equals(AVAILABLE)) {
            return atWork(asked, status);
        }
        return Done.with(Map.of(
                RdsRotation.HOST, instance.path("ConnectionString").asText(),
                RdsRotation.PORT, instance.path("Port").asText()));
    }

    private Uni<Outcome> reset(Account account, StoredValue value) {
        return rds.change(
                "ResetAccountPassword",
                resource(account),
                Map.of(
                        "DBInstanceId", account.instanceId(),
                        "AccountName", account.name(),
                        "AccountPassword", value.secret("AccountPassword").reveal()),
                answer -> Done.plain());
    }

    private Uni<Outcome> await(Account asked) {
        return account(asked, account -> {
            String status = account.path("AccountStatus").asText();
            return status.equals(AVAILABLE) ? Done.plain() : atWork(asked, status);
        });
    }

    private static Outcome atWork(Account account, String status) {
        return new NotYet("RDS is at work on " + resource(account) + ": its status is " + status + ".");
    }

    /** An absent account is an empty list, not a refusal. */
    private Uni<Outcome> account(Account asked, Function<JsonNode, Outcome> reading) {
        String action = "DescribeAccounts";
        String resource = resource(asked);
        Map<String, String> parameters = Map.of("DBInstanceId", asked.instanceId(), "AccountName", asked.name());
        return rds.look(action, resource, parameters, answer -> {
            for (JsonNode account : answer.path("Accounts").path("DBInstanceAccount")) {
                if (account.path("AccountName").asText().equals(asked.name())) {
                    return item(reading.apply(account));
                }
            }
            Asked call = new Asked("RDS", action, resource, false);
            return item(Refusals.ofState("InvalidAccountName.NotFound", call, "it does not exist"));
        });
    }

    private static String resource(Account account) {
        return "account " + account.name() + " of instance " + account.instanceId();
    }

    private static Uni<Outcome> item(Outcome outcome) {
        return Uni.createFrom().item(outcome);
    }
}
