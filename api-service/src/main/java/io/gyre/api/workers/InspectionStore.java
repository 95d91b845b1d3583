package io.gyre.api.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code inspection}, for whoever asks. */
@ApplicationScoped
class InspectionStore {
    private static final String ASK = """
            INSERT INTO inspection (inspection_id, secret_id, former_version, idle_version, rotation_type,
                                    secret_sub_type, target, former, idle)
            VALUES (:inspection, :secret, :formerVersion, :idleVersion, :type,
                    :subType, CAST(CAST(:target AS text) AS jsonb), :former, :idle)
            """;

    /** What an asker left behind that died while it waited. */
    private static final String FORGET_ABANDONED =
            "DELETE FROM inspection WHERE asked_at < clock_timestamp() - interval '1 hour'";

    private static final String ANSWER = """
            SELECT passed, coalesce(CAST(report AS text), '[]'), finding
            FROM inspection WHERE inspection_id = :inspection AND answered_at IS NOT NULL
            """;

    private static final String FORGET = "DELETE FROM inspection WHERE inspection_id = :inspection";

    private final ObjectMapper json;

    InspectionStore(ObjectMapper json) {
        this.json = json;
    }

    Uni<Void> ask(Mutiny.StatelessSession session, UUID id, Inspection asked) {
        return session.createNativeQuery(FORGET_ABANDONED)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(ASK)
                        .setParameter("inspection", id)
                        .setParameter("secret", asked.secretId())
                        .setParameter("formerVersion", asked.formerVersion())
                        .setParameter("idleVersion", asked.idleVersion())
                        .setParameter("type", asked.rotationType())
                        .setParameter("subType", asked.subType())
                        .setParameter("target", asked.target())
                        .setParameter("former", asked.former())
                        .setParameter("idle", asked.idle())
                        .executeUpdate())
                .replaceWithVoid();
    }

    Uni<Optional<InspectionAnswer>> answer(Mutiny.StatelessSession session, UUID id) {
        return session.createNativeQuery(ANSWER, Object[].class)
                .setParameter("inspection", id)
                .getSingleResultOrNull()
                .map(row -> row == null
                        ? Optional.empty()
                        : Optional.of(
                                new InspectionAnswer((Boolean) row[0], sentences((String) row[1]), (String) row[2])));
    }

    Uni<Void> forget(Mutiny.StatelessSession session, UUID id) {
        return session.createNativeQuery(FORGET)
                .setParameter("inspection", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    private List<String> sentences(String array) {
        try {
            return Arrays.asList(json.readValue(array, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A worker's report is no array of sentences.", e);
        }
    }
}
