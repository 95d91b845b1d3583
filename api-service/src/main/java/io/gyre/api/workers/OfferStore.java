package io.gyre.api.workers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.workers.CredentialOffer.Offered;
import io.gyre.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code credential_offer}, for whoever asks. They stay for a while after their end, to be counted. */
@ApplicationScoped
class OfferStore {
    /** Also those whose asker died while it waited. */
    private static final String FORGET =
            "DELETE FROM credential_offer WHERE asked_at < clock_timestamp() - interval '10 minutes'";

    /** Those who count the tries of one place do it one after the other. */
    private static final String TAKE_TURN =
            "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:account || ' ' || :place, 33)) AS taken";

    private static final String COUNT = """
            SELECT count(*) FROM credential_offer
            WHERE account_id = :account AND rotation_type = :type AND place = :place
              AND (current_name IN (:current, :other) OR other_name IN (:current, :other))
            """;

    private static final String ASK = """
            INSERT INTO credential_offer (offer_id, account_id, rotation_type, secret_sub_type, place, target,
                                          current_name, other_name, current_sealed, other_sealed)
            VALUES (:offer, :account, :type, :subType, :place, CAST(CAST(:target AS text) AS jsonb),
                    :current, CAST(:other AS text), decode(:currentSealed, 'base64'),
                    decode(CAST(:otherSealed AS text), 'base64'))
            """;

    private static final String ANSWER =
            "SELECT CAST(checks AS text) FROM credential_offer WHERE offer_id = :offer AND checks IS NOT NULL";

    private static final String END = """
            UPDATE credential_offer SET ended_at = clock_timestamp(), current_sealed = NULL, other_sealed = NULL
            WHERE offer_id = :offer AND ended_at IS NULL
            """;

    private final Envelope envelope;
    private final ObjectMapper json;

    OfferStore(Envelope envelope, ObjectMapper json) {
        this.envelope = envelope;
        this.json = json;
    }

    /** How often one of these names was tried at this place within the last ten minutes; whoever asks next waits for this one. */
    Uni<Long> tries(Mutiny.StatelessSession session, String account, CredentialOffer offer) {
        String current = offer.current().name();
        Offered other = offer.other();
        return session.createNativeQuery(FORGET)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(TAKE_TURN, Integer.class)
                        .setParameter("account", account)
                        .setParameter("place", offer.place())
                        .getSingleResult())
                .chain(() -> session.createNativeQuery(COUNT, Long.class)
                        .setParameter("account", account)
                        .setParameter("type", offer.rotationType())
                        .setParameter("place", offer.place())
                        .setParameter("current", current)
                        .setParameter("other", other == null ? current : other.name())
                        .getSingleResult());
    }

    Uni<Void> ask(Mutiny.StatelessSession session, String account, UUID id, CredentialOffer offer) {
        Offered other = offer.other();
        return session.createNativeQuery(ASK)
                .setParameter("offer", id)
                .setParameter("account", account)
                .setParameter("type", offer.rotationType())
                .setParameter("subType", offer.subType())
                .setParameter("place", offer.place())
                .setParameter("target", offer.target())
                .setParameter("current", offer.current().name())
                .setParameter("other", other == null ? null : other.name())
                .setParameter("currentSealed", sealed(id, offer.current()))
                .setParameter("otherSealed", sealed(id, other))
                .executeUpdate()
                .replaceWithVoid();
    }

    private @Nullable String sealed(UUID id, @Nullable Offered offered) {
        return offered == null
                ? null
                : Base64.getEncoder().encodeToString(envelope.sealOffered(id, offered.name(), offered.value()));
    }

    Uni<Optional<List<OfferCheck>>> answer(Mutiny.StatelessSession session, UUID id) {
        return session.createNativeQuery(ANSWER, String.class)
                .setParameter("offer", id)
                .getSingleResultOrNull()
                .map(checks -> Optional.ofNullable(checks).map(this::checks));
    }

    /** Nobody waits any more: the values are forgotten, and no worker tries them. */
    Uni<Void> end(Mutiny.StatelessSession session, UUID id) {
        return session.createNativeQuery(END)
                .setParameter("offer", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    private List<OfferCheck> checks(String array) {
        try {
            List<OfferCheck> checks = new ArrayList<>();
            for (JsonNode check : json.readTree(array)) {
                checks.add(new OfferCheck(
                        check.path("what").asText(),
                        check.path("state").asText(),
                        check.path("seen").asText(),
                        check.path("means").asText(),
                        check.path("do").asText()));
            }
            return List.copyOf(checks);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What a worker saw of an offer is no array.", e);
        }
    }
}
