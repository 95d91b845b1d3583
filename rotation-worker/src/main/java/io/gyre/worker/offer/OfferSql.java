package io.gyre.worker.offer;

/** The statements of offered credentials. Every time in them is PostgreSQL's own. */
final class OfferSql {
    private OfferSql() {}

    /** $1 limit, $2 types. */
    static final String CLAIM = """
            WITH asked AS MATERIALIZED (
                SELECT offer_id FROM credential_offer
                 WHERE ended_at IS NULL AND rotation_type = ANY ($2)
                   AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                 ORDER BY asked_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            UPDATE credential_offer o SET lease_until = clock_timestamp() + interval '15 seconds'
              FROM asked
             WHERE o.offer_id = asked.offer_id
            RETURNING o.offer_id, o.rotation_type, o.secret_sub_type, o.target, o.current_name, o.other_name,
                      o.current_sealed, o.other_sealed
            """;

    /** $1 offer, $2 what was seen. */
    static final String WRITE = """
            UPDATE credential_offer
               SET ended_at = clock_timestamp(), current_sealed = NULL, other_sealed = NULL, checks = $2
             WHERE offer_id = $1 AND ended_at IS NULL
            """;
}
