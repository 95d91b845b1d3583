package io.gyre.worker.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcClient;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Unclear;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.Sha2Crypt;

/** Logins of ECS instances, through ECS 2014-05-26 (its command agent), and over SSH. */
public final class EcsTarget implements Target {
    private static final String RUNNING = "Running";

    /** The commands that the cloud shares for KMS, by name; each takes a JSON object of texts. */
    private static final String ADD_KEY = "cmd-ACS-KMS-RotateECSSecretAddKey";

    private static final String REMOVE_KEY = "cmd-ACS-KMS-RotateECSSecretRemoveKey";
    private static final String SET_PASSWORD = "cmd-ACS-KMS-RotateECSSecretSetPassword";

    /** States of a command that is not at its end. */
    private static final Set<String> AT_WORK = Set.of("Pending", "Scheduled", "Running", "Stopping");

    private final CloudApi ecs;
    private final SecureRandom salts;
    private final Treatments treatments;

    /** @param salts for the hashes of passwords */
    public EcsTarget(RpcClient rpc, CloudConfig config, SshTrial ssh, SecureRandom salts) {
        this.ecs = CloudApi.ecs(rpc, config);
        this.salts = salts;
        this.treatments = Treatments.of(EcsEffect.class)
                .on(EcsEffect.InspectInstance.class, (effect, values) -> inspect(effect.instance()))
                .on(
                        EcsEffect.AddKey.class,
                        (effect, values) -> withKey(ADD_KEY, effect.instance(), values.of(effect.which())))
                .on(
                        EcsEffect.RemoveKey.class,
                        (effect, values) -> withKey(REMOVE_KEY, effect.instance(), values.of(effect.which())))
                .on(
                        EcsEffect.SetPassword.class,
                        (effect, values) -> setPassword(effect.instance(), values.of(effect.which())))
                .on(EcsEffect.AwaitCommand.class, (effect, values) -> await(effect))
                .on(EcsEffect.ReachSsh.class, (effect, values) -> ssh.of(effect.server(), values.of(effect.which()))
                        .map(tried -> tried.asReach(EcsRotation.LOGIN)))
                .on(
                        EcsEffect.TryBothSsh.class,
                        (effect, values) -> Trial.ofBoth(
                                ssh.of(effect.server(), values.of(Credential.CANDIDATE)),
                                ssh.of(effect.server(), values.of(Credential.FORMER))))
                .on(EcsEffect.ProveSsh.class, (effect, values) -> ssh.of(effect.server(), values.of(effect.which()))
                        .map(Trial::asProof))
                .on(EcsEffect.ProveSshRefused.class, (effect, values) -> ssh.of(
                                effect.server(), values.of(effect.which()))
                        .map(Trial::asProofOfRefusal))
                .build();
    }

    @Override
    public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        return treatments.perform(effect, credentials);
    }

    private Uni<Outcome> inspect(EcsEffect.Instance asked) {
        String ids =
                JsonNodeFactory.instance.arrayNode().add(asked.instanceId()).toString();
        return ecs.look(
                "DescribeInstances",
                resource(asked),
                Map.of("RegionId", asked.regionId(), "InstanceIds", ids),
                answer -> Uni.createFrom()
                        .item(inspected(
                                asked, answer.path("Instances").path("Instance").path(0))));
    }

    /** An absent instance is an empty list, not a refusal. */
    private static Outcome inspected(EcsEffect.Instance instance, JsonNode shown) {
        Asked asked = new Asked("ECS", "DescribeInstances", resource(instance), false);
        if (shown.isMissingNode()) {
            return Refusals.ofState("InvalidInstanceId.NotFound", asked, "it does not exist");
        }
        String status = shown.path("Status").asText();
        if (!status.equals(RUNNING)) {
            return Refusals.ofState("IncorrectInstanceStatus", asked, "its status is " + status);
        }
        String host = host(shown);
        return host.isEmpty()
                ? Refusals.ofState("NoAddress", asked, "it has no address")
                : Done.with(Map.of(EcsRotation.HOST, host));
    }

    /** The private address first: Gyre runs near what it rotates, and SSH is seldom open to the internet. */
    private static String host(JsonNode instance) {
        for (JsonNode addresses : new JsonNode[] {
            instance.path("VpcAttributes")
                    .path("PrivateIpAddress")
                    .path("IpAddress")
                    .path(0),
            instance.path("InnerIpAddress").path("IpAddress").path(0),
            instance.path("EipAddress").path("IpAddress"),
            instance.path("PublicIpAddress").path("IpAddress").path(0)
        }) {
            if (!addresses.asText().isEmpty()) {
                return addresses.asText();
            }
        }
        return "";
    }

    private Uni<Outcome> withKey(String command, EcsEffect.Instance instance, StoredValue key) {
        return invoke(command, instance, Map.of("UserName", key.name("UserName"), "PublicKey", key.name("PublicKey")));
    }

    /** Only the hash of a password leaves: commands and their parameters are kept and shown by the cloud. */
    private Uni<Outcome> setPassword(EcsEffect.Instance instance, StoredValue login) {
        return Uni.createFrom()
                .item(() -> Sha2Crypt.sha512Crypt(login.secret("Password").revealBytes(), null, salts))
                // Some milliseconds of hashing.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(hash -> invoke(
                        SET_PASSWORD, instance, Map.of("UserName", login.name("UserName"), "PasswordHash", hash)));
    }

    private Uni<Outcome> invoke(String command, EcsEffect.Instance instance, Map<String, String> parameters) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        parameters.forEach(json::put);
        return ecs.change(
                "InvokeCommand",
                command + " on " + resource(instance),
                Map.of(
                        "RegionId", instance.regionId(),
                        "CommandId", command,
                        "InstanceId.1", instance.instanceId(),
                        "Parameters", json.toString()),
                answer -> {
                    String invokeId = answer.path("InvokeId").asText();
                    return invokeId.isEmpty()
                            ? new Unclear("ECS answered InvokeCommand for " + resource(instance) + " without InvokeId.")
                            : Done.with(Map.of(EcsRotation.COMMAND, invokeId));
                });
    }

    private Uni<Outcome> await(EcsEffect.AwaitCommand effect) {
        return ecs.look(
                "DescribeInvocationResults",
                "command " + effect.invokeId() + " on " + resource(effect.instance()),
                Map.of(
                        "RegionId", effect.instance().regionId(),
                        "InstanceId", effect.instance().instanceId(),
                        "InvokeId", effect.invokeId()),
                answer -> Uni.createFrom().item(awaited(effect, answer)));
    }

    private static Outcome awaited(EcsEffect.AwaitCommand effect, JsonNode answer) {
        JsonNode result = answer.path("Invocation")
                .path("InvocationResults")
                .path("InvocationResult")
                .path(0);
        String command = "The command " + effect.invokeId() + " on " + resource(effect.instance());
        String status = result.path("InvocationStatus").asText();
        if (result.isMissingNode() || AT_WORK.contains(status)) {
            return new NotYet(command + (result.isMissingNode() ? " is not listed yet." : " is " + status + "."));
        }
        if (status.equals("Success")) {
            return Done.plain();
        }
        Asked asked = new Asked("ECS", "InvokeCommand", command, true);
        return Refusals.ofCommand(result.path("ErrorCode").asText(), asked);
    }

    private static String resource(EcsEffect.Instance instance) {
        return "instance " + instance.instanceId() + " in " + instance.regionId();
    }
}
