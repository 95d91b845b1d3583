package io.gyre.api.operations;

import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The operations ListRotations and DescribeRotation, for the operations API and for the console: the same rows, and the same
 * refusals.
 */
@ApplicationScoped
public class ViewedRotations {
    /** As many of one secret as its page shows. */
    private static final int OF_SECRET = 10;

    private final OperationStore store;

    ViewedRotations(OperationStore store) {
        this.store = store;
    }

    /**
     * What is asked for, as it was given. Null and the empty text ask for nothing.
     *
     * @param state running, waiting, late, failed or succeeded
     * @param type ram, rds or ecs
     * @param ended 24h: within the last 24 hours of the calendar
     * @param secret how the secret's name begins
     * @param limit 1 to 200; 20 unless given
     * @param nextToken from the page before
     */
    public record Wanted(
            @Nullable String state,
            @Nullable String type,
            @Nullable String ended,
            @Nullable String secret,
            @Nullable String limit,
            @Nullable String nextToken) {}

    /** @return fails with an {@link RpcFault} where it cannot be asked for so */
    public Uni<RotationPage> page(Mutiny.StatelessSession session, String account, Wanted wanted) {
        Listing listing = Listing.of(
                wanted.state(), wanted.type(), wanted.ended(), wanted.secret(), wanted.limit(), wanted.nextToken());
        return store.page(session, account, listing)
                .map(page -> new RotationPage(page, page.size() < listing.limit() ? null : after(page)));
    }

    /** The latest ones of the secret of this name. */
    public Uni<List<RotationSummary>> of(Mutiny.StatelessSession session, String account, String name) {
        return store.ofSecret(session, account, name, OF_SECRET);
    }

    /** What happened in each of these, oldest first. */
    public Uni<Map<UUID, List<RotationDetail.Entry>>> timelines(
            Mutiny.StatelessSession session, List<RotationSummary> rotations) {
        return store.timelines(
                session, rotations.stream().map(RotationSummary::rotationId).toList());
    }

    /** @return fails with an {@link RpcFault} where the account has no such rotation */
    public Uni<RotationDetail> one(Mutiny.StatelessSession session, String account, String id) {
        return store.rotation(session, account, id(id))
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.rotationNotFound(id));
    }

    /**
     * A rotation's id as it stands in a path.
     *
     * @throws RpcFault InvalidParameter
     */
    public static UUID id(String text) {
        return Listing.uuid(text)
                .orElseThrow(() -> OperationFaults.invalid(
                        "The rotation's id", text, "it must be a UUID, as lists of rotations show it."));
    }

    private static String after(List<RotationSummary> page) {
        RotationSummary last = page.get(page.size() - 1);
        return new Listing.Place(last.requestedAt(), last.rotationId()).token();
    }
}
