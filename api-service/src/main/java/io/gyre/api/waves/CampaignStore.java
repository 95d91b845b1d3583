package io.gyre.api.waves;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gyre.api.campaign.Campaign;
import io.gyre.api.campaign.Campaign.Accepted;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.Probe;
import io.gyre.api.campaign.Selected;
import io.gyre.api.campaign.StopRule;
import io.gyre.api.campaign.WavePlan;
import io.gyre.api.outgoing.OutgoingAddress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code campaign} and {@code campaign_secret}. Whoever takes more than one row takes a campaign's first, then a
 * secret's without waiting, or a rotation's, then a {@code campaign_secret}'s.
 */
@ApplicationScoped
public class CampaignStore {
    private static final String CREATE = """
            INSERT INTO campaign (campaign_id, account_id, name, state, reason, selection, canary, growth, wave_limit,
                                  soak_seconds, failures_percent, overlap_seconds, probe_url, secrets, waves,
                                  created_by, created_at, created_at_wall, changed_at)
            VALUES (:campaign, :account, :name, :state, :reason, CAST(CAST(:selection AS text) AS jsonb), :canary,
                    :growth, :limit, :soak, :failures, :overlap, :probe, :secrets, :waves,
                    :by, calendar_now(), clock_timestamp(), calendar_now())
            """;

    private static final String PLAN = """
            INSERT INTO campaign_secret (campaign_id, place, wave, secret_id, secret_name)
            SELECT :campaign, p.place, p.wave, s.secret_id, s.name
            FROM jsonb_to_recordset(CAST(CAST(:planned AS text) AS jsonb)) AS p (place integer, wave integer, secret bigint)
            JOIN secret s ON s.secret_id = p.secret
            """;

    private static final String COLUMNS = """
            SELECT c.campaign_id, c.account_id, c.name, c.state, c.reason, CAST(c.selection AS text) AS selection,
                   c.canary, c.growth, c.wave_limit, c.soak_seconds, c.failures_percent, c.overlap_seconds, c.probe_url,
                   c.probe_seen, c.secrets, c.waves, c.wave, c.wave_done_at, c.reds, c.accepted_wave, c.accepted_of_wave,
                   c.accepted_of_all, c.created_by, c.rolled_back_by, c.created_at, c.changed_at,
                   clock_timestamp() AS now
            FROM campaign c
            """;

    private static final String ONE = COLUMNS + "WHERE c.campaign_id = :campaign AND c.account_id = :account";

    private static final String LOCK = ONE + " FOR UPDATE";

    /** Another process that has it is at work on it already. */
    private static final String LOCK_IN_STATE =
            COLUMNS + "WHERE c.campaign_id = :campaign AND c.state = :state FOR UPDATE SKIP LOCKED";

    private static final String PAGE = COLUMNS + """
            WHERE c.account_id = :account AND (:state = '' OR c.state = :state)
              AND c.created_at <= :afterTime AND (c.created_at < :afterTime OR c.campaign_id > :afterId)
            ORDER BY c.created_at DESC, c.campaign_id LIMIT :limit
            """;

    private static final String IN_STATE = "SELECT campaign_id FROM campaign WHERE state = :state ORDER BY created_at";

    /** Written only where something is another: a tick of a campaign that waits leaves no trace. */
    private static final String MOVE = """
            UPDATE campaign
               SET state = :state, reason = :reason, wave = :wave,
                   wave_begun_at = CASE WHEN wave <> :wave OR :afresh THEN clock_timestamp() ELSE wave_begun_at END,
                   wave_done_at = :doneAt, reds = :reds, probe_seen = :seen,
                   accepted_wave = :acceptedWave, accepted_of_wave = :acceptedOfWave, accepted_of_all = :acceptedOfAll,
                   changed_at = CASE WHEN state <> :state OR wave <> :wave THEN calendar_now() ELSE changed_at END
             WHERE campaign_id = :campaign
            """;

    /** Whoever takes this question asks it; the others do without. */
    private static final String TAKE_QUESTION = """
            UPDATE campaign SET probe_due_at = clock_timestamp() + interval '5 seconds'
            WHERE campaign_id = :campaign AND state = 'Running' AND probe_url IS NOT NULL
              AND probe_due_at <= clock_timestamp()
            RETURNING probe_url
            """;

    private static final String OPEN = """
            SELECT cs.place FROM campaign_secret cs JOIN campaign c USING (campaign_id)
            WHERE cs.campaign_id = :campaign AND cs.wave <= c.wave AND cs.place > :after
              AND cs.rotation_id IS NULL AND cs.skipped_because IS NULL
            ORDER BY cs.place LIMIT :limit
            """;

    /** The campaign's row is shared among all that begin, so that none begins once a person or the stop rule has it. */
    private static final String LOCK_OPEN = """
            SELECT cs.secret_id, cs.wave, c.name, c.overlap_seconds,
                   clock_timestamp() > c.wave_begun_at + interval '2 minutes' AS waited
            FROM campaign c JOIN campaign_secret cs USING (campaign_id)
            WHERE c.campaign_id = :campaign AND c.state = 'Running' AND cs.place = :place AND cs.wave <= c.wave
              AND cs.rotation_id IS NULL AND cs.skipped_because IS NULL
            FOR SHARE OF c FOR UPDATE OF cs SKIP LOCKED
            """;

    private static final String BEGUN =
            "UPDATE campaign_secret SET rotation_id = :rotation WHERE campaign_id = :campaign AND place = :place";

    private static final String SKIPPED =
            "UPDATE campaign_secret SET skipped_because = :why WHERE campaign_id = :campaign AND place = :place";

    private static final String ROLLED_BACK_BY =
            "UPDATE campaign SET rolled_back_by = :by WHERE campaign_id = :campaign";

    private static final String NOT_ORDERED_BACK = """
            SELECT place, rotation_id FROM campaign_secret
            WHERE campaign_id = :campaign AND rotation_id IS NOT NULL AND way_back IS NULL
            ORDER BY place LIMIT :limit
            """;

    private static final String ORDERED_BACK =
            "UPDATE campaign_secret SET way_back = :wayBack WHERE campaign_id = :campaign AND place = :place";

    private final ObjectMapper json;

    CampaignStore(ObjectMapper json) {
        this.json = json;
    }

    /**
     * A secret that is about to begin, its row locked.
     *
     * @param secretId null where it was deleted since
     * @param waited whether its wave has waited for it long enough
     */
    record Opened(@Nullable Long secretId, int wave, String campaign, Duration overlap, boolean waited) {}

    /** A rotation of which the way back was not ordered yet. */
    record NotOrderedBack(int place, UUID rotation) {}

    /** Writes the campaign with its waves; {@code waves} is what a {@link SecretSelection} found, in their order. */
    Uni<Void> create(
            Mutiny.StatelessSession session,
            UUID campaign,
            String account,
            NewCampaign wanted,
            List<List<Selected>> waves,
            String reason,
            String by) {
        OutgoingAddress probe = wanted.probe();
        return session.createNativeQuery(CREATE)
                .setParameter("campaign", campaign)
                .setParameter("account", account)
                .setParameter("name", wanted.name())
                .setParameter("state", (wanted.start() ? CampaignState.RUNNING : CampaignState.PAUSED).label())
                .setParameter("reason", reason)
                .setParameter("selection", text(wanted.selection()))
                .setParameter("canary", wanted.plan().canary())
                .setParameter("growth", wanted.plan().growth())
                .setParameter("limit", wanted.plan().limit())
                .setParameter("soak", wanted.soak().toSeconds())
                .setParameter("failures", wanted.failuresPercent())
                .setParameter("overlap", wanted.overlap().toSeconds())
                .setParameter("probe", probe == null ? null : probe.url().toString())
                .setParameter("secrets", waves.stream().mapToInt(List::size).sum())
                .setParameter("waves", waves.size())
                .setParameter("by", by)
                .executeUpdate()
                .chain(() -> session.createNativeQuery(PLAN)
                        .setParameter("campaign", campaign)
                        .setParameter("planned", planned(waves))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Null where the account has no such campaign. */
    public Uni<@Nullable CampaignRow> find(Mutiny.StatelessSession session, String account, UUID campaign) {
        return one(session, ONE, account, campaign);
    }

    /** The same, its row locked. */
    Uni<@Nullable CampaignRow> locked(Mutiny.StatelessSession session, String account, UUID campaign) {
        return one(session, LOCK, account, campaign);
    }

    private Uni<@Nullable CampaignRow> one(Mutiny.StatelessSession session, String sql, String account, UUID campaign) {
        return session.createNativeQuery(sql, Tuple.class)
                .setParameter("campaign", campaign)
                .setParameter("account", account)
                .getSingleResultOrNull()
                .map(row -> row == null ? null : campaign(row));
    }

    /** Its row locked; null where it does not stand so any more, or another process has it. */
    Uni<@Nullable CampaignRow> lockedIn(Mutiny.StatelessSession session, UUID campaign, CampaignState state) {
        return session.createNativeQuery(LOCK_IN_STATE, Tuple.class)
                .setParameter("campaign", campaign)
                .setParameter("state", state.label())
                .getSingleResultOrNull()
                .map(row -> row == null ? null : campaign(row));
    }

    /**
     * One page of the list, the latest first.
     *
     * @param state a state's label; any where empty
     * @param afterTime when the last one of the page before was made
     */
    public Uni<List<CampaignRow>> page(
            Mutiny.StatelessSession session, String account, String state, Instant afterTime, UUID afterId, int limit) {
        return session.createNativeQuery(PAGE, Tuple.class)
                .setParameter("account", account)
                .setParameter("state", state)
                .setParameter("afterTime", afterTime)
                .setParameter("afterId", afterId)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(this::campaign).toList());
    }

    Uni<List<UUID>> in(Mutiny.StatelessSession session, CampaignState state) {
        return session.createNativeQuery(IN_STATE, UUID.class)
                .setParameter("state", state.label())
                .getResultList();
    }

    /**
     * Writes where the campaign stands now.
     *
     * @param locked as it stood, its row locked
     * @param afresh whether its wave waits anew for secrets that somebody else rotates
     */
    Uni<Void> move(
            Mutiny.StatelessSession session,
            CampaignRow locked,
            CampaignState state,
            String reason,
            Campaign progress,
            Probe probe,
            boolean afresh) {
        String seen = probe.colour() == Probe.Colour.NONE ? locked.probeSeen() : probe.seen();
        if (state == locked.state()
                && reason.equals(locked.reason())
                && progress.equals(locked.progress())
                && Objects.equals(seen, locked.probeSeen())) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(MOVE)
                .setParameter("campaign", locked.id())
                .setParameter("state", state.label())
                .setParameter("reason", reason)
                .setParameter("wave", progress.wave())
                .setParameter("afresh", afresh)
                .setParameter("doneAt", progress.waveDoneAt())
                .setParameter("reds", progress.reds())
                .setParameter("seen", seen)
                .setParameter("acceptedWave", progress.accepted().wave())
                .setParameter("acceptedOfWave", progress.accepted().ofWave())
                .setParameter("acceptedOfAll", progress.accepted().ofAll())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Where its probe is to be asked now; none where that is not due, or another process asks. */
    Uni<Optional<String>> takeQuestion(Mutiny.StatelessSession session, UUID campaign) {
        return session.createNativeQuery(TAKE_QUESTION, String.class)
                .setParameter("campaign", campaign)
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }

    /** The places of secrets that may begin, in their order. */
    Uni<List<Integer>> open(Mutiny.StatelessSession session, UUID campaign, int after, int limit) {
        return session.createNativeQuery(OPEN, Integer.class)
                .setParameter("campaign", campaign)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList();
    }

    /** Null where it may not begin any more, or another process begins it. */
    Uni<@Nullable Opened> lockOpen(Mutiny.StatelessSession session, UUID campaign, int place) {
        return session.createNativeQuery(LOCK_OPEN, Tuple.class)
                .setParameter("campaign", campaign)
                .setParameter("place", place)
                .getSingleResultOrNull()
                .map(row -> row == null
                        ? null
                        : new Opened(
                                row.get("secret_id", Long.class),
                                row.get("wave", Integer.class),
                                row.get("name", String.class),
                                Duration.ofSeconds(row.get("overlap_seconds", Long.class)),
                                row.get("waited", Boolean.class)));
    }

    Uni<Void> begun(Mutiny.StatelessSession session, UUID campaign, int place, UUID rotation) {
        return session.createNativeQuery(BEGUN)
                .setParameter("campaign", campaign)
                .setParameter("place", place)
                .setParameter("rotation", rotation)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> skipped(Mutiny.StatelessSession session, UUID campaign, int place, String why) {
        return session.createNativeQuery(SKIPPED)
                .setParameter("campaign", campaign)
                .setParameter("place", place)
                .setParameter("why", why)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Keeps in whose name rotations are rolled back. */
    Uni<Void> rolledBackBy(Mutiny.StatelessSession session, UUID campaign, String accessKeyId) {
        return session.createNativeQuery(ROLLED_BACK_BY)
                .setParameter("campaign", campaign)
                .setParameter("by", accessKeyId)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<List<NotOrderedBack>> notOrderedBack(Mutiny.StatelessSession session, UUID campaign, int limit) {
        return session.createNativeQuery(NOT_ORDERED_BACK, Tuple.class)
                .setParameter("campaign", campaign)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row ->
                                new NotOrderedBack(row.get("place", Integer.class), row.get("rotation_id", UUID.class)))
                        .toList());
    }

    /** @param wayBack {@code ordered}, or why there is nothing to order */
    Uni<Void> orderedBack(Mutiny.StatelessSession session, UUID campaign, int place, String wayBack) {
        return session.createNativeQuery(ORDERED_BACK)
                .setParameter("campaign", campaign)
                .setParameter("place", place)
                .setParameter("wayBack", wayBack)
                .executeUpdate()
                .replaceWithVoid();
    }

    private String planned(List<List<Selected>> waves) {
        ArrayNode planned = json.createArrayNode();
        for (int wave = 0; wave < waves.size(); wave++) {
            for (Selected secret : waves.get(wave)) {
                planned.addObject()
                        .put("place", planned.size())
                        .put("wave", wave + 1)
                        .put("secret", secret.secretId());
            }
        }
        return planned.toString();
    }

    private String text(Selection selection) {
        try {
            return json.writeValueAsString(selection);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A selection could not be written as JSON.", e);
        }
    }

    private CampaignRow campaign(Tuple row) {
        return new CampaignRow(
                row.get("campaign_id", UUID.class),
                row.get("account_id", String.class),
                row.get("name", String.class),
                CampaignState.ofLabel(row.get("state", String.class)),
                row.get("reason", String.class),
                selection(row.get("selection", String.class)),
                new WavePlan(
                        row.get("canary", Integer.class),
                        row.get("growth", Integer.class),
                        row.get("wave_limit", Integer.class)),
                Duration.ofSeconds(row.get("overlap_seconds", Long.class)),
                row.get("secrets", Integer.class),
                row.get("probe_url", String.class),
                row.get("probe_seen", String.class),
                row.get("created_by", String.class),
                row.get("rolled_back_by", String.class),
                present(row, "created_at"),
                present(row, "changed_at"),
                progress(row),
                present(row, "now"));
    }

    private static Campaign progress(Tuple row) {
        return new Campaign(
                row.get("waves", Integer.class),
                row.get("wave", Integer.class),
                time(row, "wave_done_at"),
                Duration.ofSeconds(row.get("soak_seconds", Long.class)),
                new StopRule(row.get("failures_percent", Integer.class), row.get("probe_url", String.class) != null),
                row.get("reds", Integer.class),
                new Accepted(
                        row.get("accepted_wave", Integer.class),
                        row.get("accepted_of_wave", Integer.class),
                        row.get("accepted_of_all", Integer.class)));
    }

    private Selection selection(String text) {
        try {
            return json.readValue(text, Selection.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The selection of a campaign is no such JSON object.", e);
        }
    }

    private static Instant present(Tuple row, String column) {
        return Objects.requireNonNull(time(row, column), column);
    }

    /** Without a mapped column beside it, a timestamp arrives as the driver has it. */
    private static @Nullable Instant time(Tuple row, String column) {
        OffsetDateTime time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
