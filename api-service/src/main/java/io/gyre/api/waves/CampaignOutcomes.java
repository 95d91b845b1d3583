package io.gyre.api.waves;

import io.gyre.api.campaign.Tally;
import io.gyre.rotation.RotationNotes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** What became of a campaign's secrets. It is not kept but looked up, in the rotations' own rows: the two cannot disagree. */
@ApplicationScoped
public class CampaignOutcomes {
    /**
     * Both credentials of a RAM user live side by side for up to 48 hours: what is promoted by then is done as far as the next
     * wave goes. All others prove within seconds that the former one is refused, and are done only then. One on its way back
     * has failed already.
     */
    private static final String STANDING = """
            CASE WHEN cs.skipped_because IS NOT NULL THEN 'skipped'
                 WHEN cs.rotation_id IS NULL THEN 'planned'
                 WHEN r.rotation_id IS NULL THEN 'skipped'
                 WHEN r.state = 'Succeeded' THEN 'done'
                 WHEN r.state <> 'Running' OR jsonb_exists(r.memory, '%s') THEN 'failed'
                 WHEN r.overlap_seconds IS NOT NULL AND jsonb_exists(r.memory, '%s') THEN 'done'
                 ELSE 'running' END
            """.formatted(RotationNotes.ROLLED_BACK_BECAUSE, RotationNotes.PROMOTED);

    /** How far the way back of one is whose rotation was ordered back. */
    private static final String WAY_BACK = """
            CASE WHEN cs.way_back IS NULL OR cs.way_back <> 'ordered' THEN cs.way_back
                 WHEN r.state = 'Failed' OR jsonb_exists(r.memory, '%s') THEN 'rolled-back'
                 WHEN r.ordered IS NOT NULL OR r.state = 'Running' AND jsonb_exists(r.memory, '%s') THEN 'rolling-back'
                 ELSE 'declined' END
            """.formatted(RotationNotes.DEMOTED, RotationNotes.ROLLED_BACK_BECAUSE);

    private static final String TALLIES =
            "SELECT wave, standing, count(*) AS secrets FROM (SELECT cs.wave, " + STANDING + """
             AS standing
            FROM campaign_secret cs LEFT JOIN rotation r USING (rotation_id)
            WHERE cs.campaign_id = :campaign AND cs.wave <= :upTo) each
            GROUP BY wave, standing ORDER BY wave
            """;

    /** The same of several campaigns, all waves together. */
    private static final String SUMS =
            "SELECT campaign_id, standing, count(*) AS secrets FROM (SELECT cs.campaign_id, " + STANDING + """
             AS standing
            FROM campaign_secret cs LEFT JOIN rotation r USING (rotation_id)
            WHERE cs.campaign_id = ANY(CAST(string_to_array(:campaigns, ',') AS uuid[]))) each
            GROUP BY campaign_id, standing
            """;

    private static final String WAYS_BACK = "SELECT way_back, count(*) AS secrets FROM (SELECT " + WAY_BACK + """
             AS way_back
            FROM campaign_secret cs LEFT JOIN rotation r USING (rotation_id)
            WHERE cs.campaign_id = :campaign AND cs.rotation_id IS NOT NULL) each
            WHERE way_back IS NOT NULL GROUP BY way_back
            """;

    private static final String SECRETS = "SELECT * FROM (SELECT cs.place, cs.wave, cs.secret_name, cs.rotation_id, "
            + STANDING + """
             AS standing,
                coalesce(cs.skipped_because, latest.note,
                         CASE WHEN cs.rotation_id IS NOT NULL THEN 'Its secret was deleted.' END) AS note,
            """ + WAY_BACK + """
                 AS way_back
            FROM campaign_secret cs
            LEFT JOIN rotation r USING (rotation_id)
            LEFT JOIN rotation_step latest ON latest.rotation_id = r.rotation_id AND latest.step = r.steps
            WHERE cs.campaign_id = :campaign AND cs.place > :after AND (:wave = 0 OR cs.wave = :wave)) each
            WHERE :standing = '' OR standing = :standing
            ORDER BY place LIMIT :limit
            """;

    private static final int LAST = Integer.MAX_VALUE;

    /** Of each wave up to one. */
    Uni<List<WaveTally>> tallies(Mutiny.StatelessSession session, UUID campaign, int upTo) {
        return session.createNativeQuery(TALLIES, Tuple.class)
                .setParameter("campaign", campaign)
                .setParameter("upTo", upTo)
                .getResultList()
                .map(rows -> rows.stream().map(CampaignOutcomes::tally).toList());
    }

    /** Of all waves; a wave has one or more of them, to be added up. */
    public Uni<List<WaveTally>> tallies(Mutiny.StatelessSession session, UUID campaign) {
        return tallies(session, campaign, LAST);
    }

    /** Of each of these, whole; nothing of one that has no secrets. */
    public Uni<Map<UUID, Tally>> sums(Mutiny.StatelessSession session, List<UUID> campaigns) {
        if (campaigns.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createNativeQuery(SUMS, Tuple.class)
                .setParameter(
                        "campaigns", campaigns.stream().map(UUID::toString).collect(Collectors.joining(",")))
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.get("campaign_id", UUID.class),
                                Collectors.collectingAndThen(
                                        Collectors.mapping(row -> new WaveTally(0, counted(row)), Collectors.toList()),
                                        WaveTally::sum))));
    }

    /** How many rotations are how far on the way back. */
    public Uni<Map<String, Long>> waysBack(Mutiny.StatelessSession session, UUID campaign) {
        return session.createNativeQuery(WAYS_BACK, Tuple.class)
                .setParameter("campaign", campaign)
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> row.get("way_back", String.class), row -> row.get("secrets", Long.class))));
    }

    /**
     * One page of a campaign's secrets, in their order.
     *
     * @param wave one of its waves; all where 0
     * @param standing as {@link CampaignSecret#standing()}; any where empty
     */
    public Uni<List<CampaignSecret>> secrets(
            Mutiny.StatelessSession session, UUID campaign, int wave, String standing, int after, int limit) {
        return session.createNativeQuery(SECRETS, Tuple.class)
                .setParameter("campaign", campaign)
                .setParameter("wave", wave)
                .setParameter("standing", standing)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(CampaignOutcomes::secret).toList());
    }

    private static WaveTally tally(Tuple row) {
        return new WaveTally(row.get("wave", Integer.class), counted(row));
    }

    private static Tally counted(Tuple row) {
        int secrets = row.get("secrets", Long.class).intValue();
        return switch (row.get("standing", String.class)) {
            case "planned" -> new Tally(secrets, 0, 0, 0, 0);
            case "running" -> new Tally(0, secrets, 0, 0, 0);
            case "done" -> new Tally(0, 0, secrets, 0, 0);
            case "failed" -> new Tally(0, 0, 0, secrets, 0);
            default -> new Tally(0, 0, 0, 0, secrets);
        };
    }

    private static CampaignSecret secret(Tuple row) {
        return new CampaignSecret(
                row.get("place", Integer.class),
                row.get("wave", Integer.class),
                row.get("secret_name", String.class),
                row.get("rotation_id", UUID.class),
                row.get("standing", String.class),
                row.get("note", String.class),
                row.get("way_back", String.class));
    }
}
