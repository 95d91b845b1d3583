package io.gyre.api.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.outbox.TopicReader;
import io.gyre.api.workers.RotationOrders;
import io.gyre.event.RotationRequested;
import io.gyre.event.Topics;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The operations ListDeadLetters, DescribeDeadLetter and ReplayDeadLetter, for the operations API and for the console. */
@ApplicationScoped
public class ViewedDeadLetters {
    private static final Logger LOG = Logger.getLogger(ViewedDeadLetters.class);

    private static final Pattern ID = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

    /** A request has some 150 bytes; a list is looked through, not read. */
    private static final int SHOWN_IN_LISTS = 256;

    private static final int SHOWN = 64 * 1024;

    private final TopicReader topics;
    private final Mutiny.SessionFactory sessions;
    private final RotationOrders orders;
    private final ObjectMapper json;

    ViewedDeadLetters(TopicReader topics, Mutiny.SessionFactory sessions, RotationOrders orders, ObjectMapper json) {
        this.topics = topics;
        this.sessions = sessions;
        this.orders = orders;
        this.json = json;
    }

    /** Where it went. */
    @Schema(name = "ReplayedRequest")
    public record Replayed(String topic, RotationRequested value) {}

    /**
     * The latest first, each with the beginning of its value.
     *
     * @param limit 1 to 200; 20 unless given
     * @return fails with an {@link RpcFault}: InvalidParameter, KafkaAway
     */
    public Uni<List<DeadLetter>> newest(@Nullable String limit) {
        int size = Listing.limit(limit);
        return OperationFaults.unlessKafkaIsAway(
                        topics.newest(Topics.DEAD_LETTERS, size, record -> DeadLetter.of(record, SHOWN_IN_LISTS)))
                .map(newest -> newest.stream()
                        .sorted(Comparator.comparing(DeadLetter::at).reversed())
                        .limit(size)
                        .toList());
    }

    /**
     * Sends it to its request topic.
     *
     * @param mended what is sent in its place; null where it can be read by now
     * @return fails with an {@link RpcFault} also where it is no request for a rotation that there is
     */
    public Uni<Replayed> replay(AccessKey caller, String id, @Nullable RotationRequested mended) {
        return one(id).map(letter -> mended == null ? read(id, letter.text()) : mended)
                .invoke(ViewedDeadLetters::refuseIncomplete)
                .chain(request -> sessions.withStatelessTransaction(session -> send(session, caller, request)))
                .invoke(sent -> LOG.infof(
                        "AccessKey %s (%s) had dead letter %s sent to %s.",
                        caller.id(), caller.principal(), id, sent.topic()));
    }

    /** @return fails with an {@link RpcFault}: InvalidParameter, DeadLetterNotFound, KafkaAway */
    public Uni<DeadLetter> one(String id) {
        Matcher place = ID.matcher(id);
        if (!place.matches()) {
            throw OperationFaults.invalid(
                    "The dead letter's id", id, "it must be a partition and an offset, as 0-17 in the list.");
        }
        return OperationFaults.unlessKafkaIsAway(topics.one(
                        Topics.DEAD_LETTERS,
                        Integer.parseInt(place.group(1)),
                        Long.parseLong(place.group(2)),
                        record -> DeadLetter.of(record, SHOWN)))
                .map(found -> found.orElseThrow(() -> OperationFaults.deadLetterNotFound(id)));
    }

    /**
     * A request as text, whoever wrote it.
     *
     * @param id of the dead letter that it stands in, or is to stand for
     * @throws RpcFault DeadLetterUnreadable
     */
    public RotationRequested read(String id, @Nullable String text) {
        try {
            @Nullable RotationRequested request = text == null ? null : json.readValue(text, RotationRequested.class);
            if (request != null) {
                return request;
            }
        } catch (JsonProcessingException e) {
            // As one that is no text.
        }
        throw OperationFaults.deadLetterUnreadable(id);
    }

    private static void refuseIncomplete(RotationRequested request) {
        if (request.rotationId() == null || request.secretArn() == null || request.rotationType() == null) {
            throw OperationFaults.missing("whole value", "a request has a rotationId, a secretArn and a rotationType.");
        }
    }

    private Uni<Replayed> send(Mutiny.StatelessSession session, AccessKey caller, RotationRequested request) {
        return orders.locked(session, caller.accountId(), request.rotationId())
                .onItem()
                .ifNull()
                .failWith(() ->
                        OperationFaults.rotationNotFound(request.rotationId().toString()))
                .invoke(rotation -> {
                    if (!rotation.secretArn().equals(request.secretArn())
                            || !rotation.rotationType().equals(request.rotationType())) {
                        throw OperationFaults.requestMismatch(
                                rotation.id().toString(), rotation.rotationType(), rotation.secretArn());
                    }
                })
                .chain(rotation -> orders.wake(session, rotation)
                        .replaceWith(new Replayed(Topics.requests(rotation.rotationType()), request)));
    }
}
