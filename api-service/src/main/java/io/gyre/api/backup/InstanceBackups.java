package io.gyre.api.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.Moment;
import io.gyre.api.instances.InstanceStore;
import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Takes backups of KMS instances, and restores them. */
@ApplicationScoped
public class InstanceBackups {
    /** Of the file, in bytes: it travels as Base64 in one request, and is worked on in memory. */
    public static final int LARGEST_FILE = 12 * 1024 * 1024;

    /** Of what is in it, expanded. */
    private static final int LARGEST_CONTENT = 48 * 1024 * 1024;

    /** As PostgreSQL writes bytes in JSON. */
    private static final String HEX = "\\x";

    private static final String FORMAT = "format";
    private static final int FORMAT_NOW = 1;
    private static final String MATERIAL = "wrapped_material";

    private final Vertx vertx;
    private final Envelope envelope;
    private final Installation installation;
    private final InstanceStore instances;
    private final ObjectMapper json;

    InstanceBackups(
            Vertx vertx, Envelope envelope, Installation installation, InstanceStore instances, ObjectMapper json) {
        this.vertx = vertx;
        this.envelope = envelope;
        this.installation = installation;
        this.instances = instances;
        this.json = json;
    }

    /**
     * A backup.
     *
     * @param base64 the file that is to be kept
     */
    public record Taken(String base64, int keys, int secrets, int versions) {}

    /** What became of a restore; the instance where it took place, else what was in its way. */
    public sealed interface Outcome {
        /** Everything of the backup is in this instance. */
        record Restored(KmsInstance instance, int keys, int secrets, int versions) implements Outcome {}

        /** It was taken in this region of this account, or by another version of Gyre. */
        record Foreign(String region, String account, int format) implements Outcome {}

        /** This is there already, and alive. */
        record InTheWay(String what) implements Outcome {}
    }

    /**
     * Everything of the instance as of one moment.
     *
     * @param instance one that was not released
     * @return empty where it is too large for one file
     */
    public Uni<Optional<Taken>> take(Mutiny.StatelessSession session, KmsInstance instance, SecretText passphrase) {
        return session.createNativeQuery(BackupSql.SIZE, Long.class)
                .setParameter("instance", instance.instanceId())
                .getSingleResult()
                .chain(size -> size > LARGEST_FILE
                        ? Uni.createFrom().item(Optional.empty())
                        : content(session, instance).chain(content -> aside(() -> sealed(content, passphrase))));
    }

    private Uni<ObjectNode> content(Mutiny.StatelessSession session, KmsInstance instance) {
        return session.createNativeQuery(BackupSql.CONTENT, String.class)
                .setParameter("instance", instance.instanceId())
                .getSingleResult()
                .map(text -> {
                    ObjectNode content = read(text.getBytes(StandardCharsets.UTF_8));
                    content.put(FORMAT, FORMAT_NOW)
                            .put("region", installation.region())
                            .put("account", instance.accountId())
                            .put("instanceId", instance.instanceId())
                            .put("name", instance.name());
                    eachMaterial(
                            content,
                            (key, wrapped) -> envelope.openKeyMaterial(
                                    instance.instanceId(), instance.wrappedKey(), key, wrapped));
                    return content;
                });
    }

    private Optional<Taken> sealed(ObjectNode content, SecretText passphrase) {
        byte[] plain = write(content);
        if (plain.length > LARGEST_CONTENT) {
            return Optional.empty();
        }
        byte[] file = BackupFile.seal(plain, passphrase);
        return file.length > LARGEST_FILE
                ? Optional.empty()
                : Optional.of(new Taken(
                        Base64.getEncoder().encodeToString(file),
                        size(content, "keys"),
                        size(content, "secrets"),
                        size(content, "versions")));
    }

    /** Opens a backup; to be called outside of a transaction, since it takes its time. */
    public Uni<Optional<ObjectNode>> open(byte[] file, SecretText passphrase) {
        return aside(() -> BackupFile.open(file, passphrase, LARGEST_CONTENT).map(this::read))
                .onFailure(UncheckedIOException.class)
                .recoverWithItem(Optional.empty());
    }

    /**
     * Everything of a backup in a new instance, or nothing.
     *
     * @param content what {@link #open} gave
     * @param name of the instance; as it was called where it is empty
     * @param days of the calendar until it expires; null where it does not end
     */
    public Uni<Outcome> restore(
            Mutiny.StatelessSession session,
            String account,
            ObjectNode content,
            String name,
            @Nullable Long days,
            Moment now) {
        if (content.path(FORMAT).asInt() != FORMAT_NOW
                || !content.path("region").asText().equals(installation.region())
                || !content.path("account").asText().equals(account)) {
            return Uni.createFrom()
                    .item(new Outcome.Foreign(
                            content.path("region").asText(),
                            content.path("account").asText(),
                            content.path(FORMAT).asInt()));
        }
        return session.createNativeQuery(BackupSql.TAKE_TURN)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(BackupSql.IN_THE_WAY, String.class)
                        .setParameter("content", content.toString())
                        .setParameter("account", account)
                        .getResultList())
                .chain(inTheWay -> inTheWay.isEmpty()
                        ? instances
                                .create(
                                        session,
                                        account,
                                        name.isEmpty() ? content.path("name").asText() : name,
                                        days,
                                        now)
                                .chain(instance -> fill(session, instance, content))
                        : Uni.createFrom().item(new Outcome.InTheWay(inTheWay.get(0))));
    }

    private Uni<Outcome> fill(Mutiny.StatelessSession session, KmsInstance instance, ObjectNode content) {
        eachMaterial(
                content,
                (key, material) ->
                        envelope.sealKeyMaterial(instance.instanceId(), instance.wrappedKey(), key, material));
        String text = content.toString();
        Function<String, Uni<Integer>> into = sql -> session.createNativeQuery(sql)
                .setParameter("content", text)
                .setParameter("instance", instance.instanceId())
                .executeUpdate();
        Uni<Integer> filled = into.apply(BackupSql.KEYS);
        for (String sql : List.of(BackupSql.FORGET_KEY_VERSIONS, BackupSql.KEY_VERSIONS, BackupSql.ALIASES)) {
            filled = filled.chain(() -> statement(session, sql, text));
        }
        filled = filled.chain(() -> into.apply(BackupSql.SECRETS));
        for (String sql : List.of(BackupSql.FORGET_VERSIONS, BackupSql.VERSIONS, BackupSql.STAGES)) {
            filled = filled.chain(() -> statement(session, sql, text));
        }
        filled = filled.chain(() -> session.createNativeQuery(BackupSql.TELL, Integer.class)
                .setParameter("content", text)
                .getResultList()
                .map(List::size));
        return filled.replaceWith(new Outcome.Restored(
                instance, size(content, "keys"), size(content, "secrets"), size(content, "versions")));
    }

    private static Uni<Integer> statement(Mutiny.StatelessSession session, String sql, String content) {
        return session.createNativeQuery(sql).setParameter("content", content).executeUpdate();
    }

    /** From a key's id and its material to what takes the material's place. */
    @FunctionalInterface
    private interface Change {
        byte[] of(String key, byte[] material);
    }

    private static void eachMaterial(ObjectNode content, Change change) {
        for (String list : List.of("keys", "keyVersions")) {
            for (JsonNode row : content.path(list)) {
                String material = row.path(MATERIAL).asText("");
                if (material.startsWith(HEX)) {
                    byte[] changed = change.of(
                            row.path("key_id").asText(), HexFormat.of().parseHex(material.substring(HEX.length())));
                    ((ObjectNode) row).put(MATERIAL, HEX + HexFormat.of().formatHex(changed));
                }
            }
        }
    }

    private static int size(ObjectNode content, String list) {
        return content.path(list).size();
    }

    private ObjectNode read(byte[] text) {
        try {
            return (ObjectNode) json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] write(ObjectNode content) {
        try {
            return json.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What keeps a processor busy, away from the event loop; goes on in the context where it was asked for. */
    private <T> Uni<T> aside(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }
}
