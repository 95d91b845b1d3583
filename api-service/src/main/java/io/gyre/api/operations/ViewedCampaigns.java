package io.gyre.api.operations;

import io.gyre.api.campaign.CampaignOrder;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.waves.CampaignCreation;
import io.gyre.api.waves.CampaignOrders;
import io.gyre.api.waves.CampaignOutcomes;
import io.gyre.api.waves.CampaignRow;
import io.gyre.api.waves.CampaignSecret;
import io.gyre.api.waves.CampaignStore;
import io.gyre.api.waves.NewCampaign;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The operations on campaigns, for the operations API and for the console: the same rows, and the same refusals. */
@ApplicationScoped
public class ViewedCampaigns {
    private static final Logger LOG = Logger.getLogger(ViewedCampaigns.class);

    private static final List<String> STANDINGS = List.of("planned", "running", "done", "failed", "skipped");

    /** More of them are shown by a list of their own. */
    private static final int FAILING_SHOWN = 20;

    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignOutcomes outcomes;
    private final CampaignCreation creation;
    private final CampaignOrders orders;
    private final CampaignDryRuns dryRuns;

    ViewedCampaigns(
            Mutiny.SessionFactory sessions,
            CampaignStore store,
            CampaignOutcomes outcomes,
            CampaignCreation creation,
            CampaignOrders orders,
            CampaignDryRuns dryRuns) {
        this.sessions = sessions;
        this.store = store;
        this.outcomes = outcomes;
        this.creation = creation;
        this.orders = orders;
        this.dryRuns = dryRuns;
    }

    /**
     * One page of campaigns as they are asked for; null and the empty text ask for nothing.
     *
     * @param state as {@link CampaignState#label()}
     * @param limit 1 to 200; 20 unless given
     * @param nextToken from the page before
     * @return the latest first; fails with an {@link RpcFault} where it cannot be asked for so
     */
    public Uni<CampaignPage> page(
            String account, @Nullable String state, @Nullable String limit, @Nullable String nextToken) {
        String wanted = state == null || state.isEmpty() ? "" : stateLabel(state);
        int most = Listing.limit(limit);
        Listing.Place after =
                nextToken == null || nextToken.isEmpty() ? Listing.Place.BEGINNING : Listing.Place.of(nextToken);
        return sessions.withStatelessSession(
                        session -> store.page(session, account, wanted, after.requestedAt(), after.rotationId(), most))
                .map(rows -> new CampaignPage(
                        rows.stream().map(CampaignView::of).toList(), rows.size() < most ? null : after(rows)));
    }

    /** How many secrets of each are where, by campaign. */
    public Uni<Map<UUID, CampaignDetail.Counts>> counts(List<CampaignView> campaigns) {
        List<UUID> ids = campaigns.stream().map(CampaignView::campaignId).toList();
        return sessions.withStatelessSession(session -> outcomes.sums(session, ids))
                .map(sums -> sums.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> CampaignDetail.Counts.of(each.getValue()))));
    }

    /** @return fails with an {@link RpcFault} where the account has no such campaign */
    public Uni<CampaignDetail> one(String account, String id) {
        return detail(account, id(id));
    }

    /**
     * One page of a campaign's secrets, in the order in which they begin; null and the empty text ask for nothing.
     *
     * @param wave from 1
     * @param standing planned, running, done, failed or skipped
     */
    public Uni<CampaignSecretPage> secrets(
            String account,
            String id,
            @Nullable String wave,
            @Nullable String standing,
            @Nullable String limit,
            @Nullable String nextToken) {
        UUID campaign = id(id);
        int ofWave = wave == null || wave.isEmpty() ? 0 : wave(wave);
        String wanted = standing == null ? "" : standing;
        if (!wanted.isEmpty() && !STANDINGS.contains(wanted)) {
            throw OperationFaults.invalid(
                    "standing", wanted, "it must be one of " + String.join(", ", STANDINGS) + ".");
        }
        int most = Listing.limit(limit);
        int after = place(nextToken);
        return sessions.withStatelessSession(session -> existing(session, account, campaign)
                .chain(row -> outcomes.secrets(session, campaign, ofWave, wanted, after, most))
                .map(page -> new CampaignSecretPage(
                        page.stream().map(CampaignDetail.Secret::of).toList(), next(page, most))));
    }

    /** Workers look at the next targets; nothing is changed. Within 15 s. */
    public Uni<CampaignDryRunPage> dryRun(AccessKey caller, String id, @Nullable String nextToken) {
        UUID campaign = id(id);
        int after = place(nextToken);
        return sessions.withStatelessSession(session -> existing(session, caller.accountId(), campaign)
                        .chain(row -> outcomes.secrets(session, campaign, 0, "planned", after, CampaignDryRuns.PAGE)))
                .chain(page -> dryRuns.of(caller, page)
                        .map(looks -> new CampaignDryRunPage(looks, next(page, CampaignDryRuns.PAGE))));
    }

    /** Fixes which secrets are rotated in which wave; whether the caller may set a probe is known by then. */
    public Uni<CampaignDetail> create(AccessKey caller, NewCampaign wanted) {
        return creation.create(caller, wanted)
                .map(ViewedCampaigns::created)
                .invoke(id -> LOG.infof(
                        "AccessKey %s (%s) made campaign %s (%s).", caller.id(), caller.principal(), id, wanted.name()))
                .chain(id -> detail(caller.accountId(), id));
    }

    public Uni<CampaignDetail> order(AccessKey caller, String id, CampaignOrder order) {
        UUID campaign = id(id);
        return orders.give(caller, campaign, order)
                .invoke(outcome -> refuse(outcome, id, order))
                .invoke(() -> LOG.infof(
                        "AccessKey %s (%s) ordered of campaign %s: %s.",
                        caller.id(), caller.principal(), campaign, order.label()))
                .chain(() -> detail(caller.accountId(), campaign));
    }

    /**
     * A campaign's id as it stands in a path.
     *
     * @throws RpcFault InvalidParameter
     */
    public static UUID id(String id) {
        return Listing.uuid(id)
                .orElseThrow(() -> OperationFaults.invalid(
                        "The campaign's id", id, "it must be a UUID, as lists of campaigns show it."));
    }

    /**
     * A number of a campaign that is asked for, as a form has it.
     *
     * @return null where it was left open
     * @throws RpcFault InvalidParameter
     */
    public static @Nullable Long whole(String field, String text) {
        if (text.isBlank()) {
            return null;
        }
        return (long) whole(text.trim())
                .orElseThrow(() -> OperationFaults.invalid(field, text, "it must be a whole number."));
    }

    private static UUID created(CampaignCreation.Outcome outcome) {
        if (outcome instanceof CampaignCreation.Outcome.Created created) {
            return created.campaign();
        }
        throw outcome instanceof CampaignCreation.Outcome.TooMany
                ? OperationFaults.tooManySelected(CampaignCreation.MOST_SECRETS)
                : OperationFaults.nothingSelected();
    }

    private static void refuse(CampaignOrders.Outcome outcome, String id, CampaignOrder order) {
        if (outcome instanceof CampaignOrders.Outcome.NotThere) {
            throw OperationFaults.campaignNotFound(id);
        }
        if (outcome instanceof CampaignOrders.Outcome.NotNow now) {
            throw OperationFaults.campaignNotSo(id, now.state(), order);
        }
    }

    private Uni<CampaignDetail> detail(String account, UUID campaign) {
        return sessions.withStatelessSession(session -> existing(session, account, campaign)
                .chain(row -> outcomes.tallies(session, campaign).chain(tallies -> outcomes.waysBack(session, campaign)
                        .chain(ways -> outcomes.secrets(session, campaign, 0, "failed", 0, FAILING_SHOWN)
                                .map(failing -> CampaignDetail.of(row, tallies, ways, failing))))));
    }

    private Uni<CampaignRow> existing(Mutiny.StatelessSession session, String account, UUID campaign) {
        return store.find(session, account, campaign)
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.campaignNotFound(campaign.toString()));
    }

    private static String stateLabel(String given) {
        return Stream.of(CampaignState.values())
                .map(CampaignState::label)
                .filter(given::equals)
                .findFirst()
                .orElseThrow(() -> OperationFaults.invalid(
                        "state", given, "it must be one of Running, Paused, Stopped, Ended, RollingBack, RolledBack."));
    }

    private static String after(List<CampaignRow> page) {
        CampaignRow last = page.get(page.size() - 1);
        return new Listing.Place(last.createdAt(), last.id()).token();
    }

    private static int place(@Nullable String token) {
        return token == null || token.isEmpty()
                ? 0
                : whole(token).orElseThrow(() -> OperationFaults.invalidToken(token));
    }

    private static int wave(String given) {
        return whole(given)
                .filter(number -> number > 0)
                .orElseThrow(() -> OperationFaults.invalid("wave", given, "it must be a whole number from 1."));
    }

    private static Optional<Integer> whole(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static @Nullable String next(List<CampaignSecret> page, int limit) {
        return page.size() < limit
                ? null
                : Integer.toString(page.get(page.size() - 1).place());
    }
}
