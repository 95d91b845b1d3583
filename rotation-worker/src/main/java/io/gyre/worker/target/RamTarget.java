package io.gyre.worker.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.rpc.RpcClient;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** AccessKeys of RAM users, through RAM 2015-05-01. */
public final class RamTarget implements Target {
    private static final String KEY_IS_GONE = "EntityNotExist.User.AccessKey";

    private static final Outcome NEVER_USED = Done.with(Map.of(RamRotation.LAST_USED, ""));

    private final CloudApi ram;
    private final Treatments treatments;

    public RamTarget(RpcClient rpc, CloudConfig config) {
        this.ram = CloudApi.ram(rpc, config);
        KeyTrial trial = new KeyTrial(rpc, config.stsEndpoint());
        this.treatments = Treatments.of(RamEffect.class)
                .on(RamEffect.InspectUser.class, (effect, values) -> inspect(effect))
                .on(RamEffect.ReachKey.class, (effect, values) -> trial.reach(values.of(effect.which())))
                .on(RamEffect.CreateKey.class, (effect, values) -> create(effect))
                .on(RamEffect.ProveKey.class, (effect, values) -> trial.of(values.of(effect.which()))
                        .map(Trial::asProof))
                .on(RamEffect.ProveKeyRefused.class, (effect, values) -> trial.of(values.of(effect.which()))
                        .map(Trial::asProofOfRefusal))
                .on(RamEffect.ReadLastUse.class, (effect, values) -> readLastUse(effect))
                .on(RamEffect.EnableKey.class, (effect, values) -> enable(effect))
                .on(RamEffect.DisableKey.class, (effect, values) -> disable(effect))
                .on(RamEffect.DeleteKey.class, (effect, values) -> delete(effect))
                .build();
    }

    @Override
    public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        return treatments.perform(effect, credentials);
    }

    private Uni<Outcome> inspect(RamEffect.InspectUser effect) {
        return ram.look(
                "ListAccessKeys",
                user(effect.user()),
                Map.of("UserName", effect.user()),
                answer -> report(effect, answer.path("AccessKeys").path("AccessKey")));
    }

    /** Each fact is reported at each look, also as empty: what an earlier look reported must not outlive this one. */
    private Uni<Outcome> report(RamEffect.InspectUser effect, JsonNode listed) {
        if (!listed.isArray()) {
            // Not the same as no keys, from which a rotation would go on.
            return Uni.createFrom()
                    .item(new Unclear("RAM answered ListAccessKeys for " + user(effect.user()) + " without a list."));
        }
        List<String> ids = new ArrayList<>();
        List<JsonNode> unknown = new ArrayList<>();
        for (JsonNode key : listed) {
            String id = key.path("AccessKeyId").asText();
            ids.add(id);
            if (!effect.known().contains(id)) {
                unknown.add(key);
            }
        }
        Map<String, String> facts = new HashMap<>();
        facts.put(RamRotation.KEYS, String.join(",", ids));
        facts.put(
                RamRotation.UNKNOWN,
                String.join(
                        ",",
                        unknown.stream()
                                .map(key -> key.path("AccessKeyId").asText())
                                .toList()));
        facts.put(RamRotation.UNKNOWN_CREATED, "");
        facts.put(RamRotation.UNKNOWN_USED, "");
        if (unknown.size() != 1) {
            return Uni.createFrom().item(Done.with(facts));
        }
        String id = unknown.get(0).path("AccessKeyId").asText();
        facts.put(RamRotation.UNKNOWN_CREATED, date(unknown.get(0).path("CreateDate")));
        Outcome listAgain =
                new Refused(Remedy.RETRY, KEY_IS_GONE, key(effect.user(), id) + " went away while it was looked at.");
        return lastUse(
                effect.user(),
                id,
                used -> {
                    facts.put(RamRotation.UNKNOWN_USED, used);
                    return Done.with(facts);
                },
                listAgain);
    }

    private Uni<Outcome> create(RamEffect.CreateKey effect) {
        return ram.change("CreateAccessKey", user(effect.user()), Map.of("UserName", effect.user()), answer -> {
            JsonNode key = answer.path("AccessKey");
            if (!key.path("AccessKeyId").isTextual()
                    || !key.path("AccessKeySecret").isTextual()) {
                return new Unclear("RAM answered CreateAccessKey for " + user(effect.user()) + " without a key.");
            }
            return new Done(Map.of(), minted(key));
        });
    }

    private static Minted minted(JsonNode key) {
        String id = key.path("AccessKeyId").asText();
        String value = JsonNodeFactory.instance
                .objectNode()
                .put("AccessKeyId", id)
                .put("AccessKeySecret", key.path("AccessKeySecret").asText())
                .put("GenerateTimestamp", key.path("CreateDate").asText())
                .toString();
        return new Minted(id, SecretText.of(value));
    }

    /** A key that is gone meanwhile has no last use either. */
    private Uni<Outcome> readLastUse(RamEffect.ReadLastUse effect) {
        return lastUse(
                effect.user(), effect.keyId(), used -> Done.with(Map.of(RamRotation.LAST_USED, used)), NEVER_USED);
    }

    private Uni<Outcome> lastUse(String user, String keyId, Function<String, Outcome> reading, Outcome ifGone) {
        return ram.look(
                "GetAccessKeyLastUsed",
                key(user, keyId),
                keyOf(user, keyId),
                answer -> reading.apply(date(answer.path("AccessKeyLastUsed").path("LastUsedDate"))),
                KEY_IS_GONE,
                ifGone);
    }

    private Uni<Outcome> enable(RamEffect.EnableKey effect) {
        return ram.change(
                "UpdateAccessKey",
                key(effect.user(), effect.keyId()),
                keyWith(effect.user(), effect.keyId(), "Active"),
                answer -> Done.plain());
    }

    private Uni<Outcome> disable(RamEffect.DisableKey effect) {
        return ram.end(
                "UpdateAccessKey",
                key(effect.user(), effect.keyId()),
                keyWith(effect.user(), effect.keyId(), "Inactive"),
                KEY_IS_GONE);
    }

    private static Map<String, String> keyWith(String user, String keyId, String status) {
        return Map.of("UserName", user, "UserAccessKeyId", keyId, "Status", status);
    }

    private Uni<Outcome> delete(RamEffect.DeleteKey effect) {
        return ram.end(
                "DeleteAccessKey",
                key(effect.user(), effect.keyId()),
                keyOf(effect.user(), effect.keyId()),
                KEY_IS_GONE);
    }

    /** The key is named UserAccessKeyId, since AccessKeyId is the caller's own. */
    private static Map<String, String> keyOf(String user, String keyId) {
        return Map.of("UserName", user, "UserAccessKeyId", keyId);
    }

    /** Empty for a date that is absent, or none: RAM writes several things for never. */
    private static String date(JsonNode value) {
        try {
            return Instant.parse(value.asText()).toString();
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static String user(String user) {
        return "RAM user " + user;
    }

    private static String key(String user, String keyId) {
        return "AccessKey " + keyId + " of RAM user " + user;
    }
}
