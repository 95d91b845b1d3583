-- An ended rotation is opened again for one purpose, to be rolled back by a person's order. It is the one thing of a rotation's
-- outcome that api-service writes, so it has the rights of the tables' owner for this alone.
-- The index rotation_one_active refuses it while another rotation of the secret has not ended.
CREATE FUNCTION reopen_rotation(id uuid, ordering text) RETURNS integer
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        WITH reopened AS (
            UPDATE rotation
               SET ended_at = NULL, ended_at_wall = NULL, state = 'Running',
                   ordered = 'roll-back', ordered_seconds = NULL, ordered_by = ordering,
                   wake_clock = 'operational', wake_at = clock_timestamp()
             WHERE rotation_id = id AND ended_at IS NOT NULL
            RETURNING 1)
        SELECT count(*)::integer FROM reopened
    $$;
REVOKE EXECUTE ON FUNCTION reopen_rotation(uuid, text) FROM PUBLIC;

-- It follows the deletion of a secret, by whoever deletes that: api-service may not delete timeline entries as such.
ALTER FUNCTION rotation_deleted() SECURITY DEFINER SET search_path = public, pg_temp;
