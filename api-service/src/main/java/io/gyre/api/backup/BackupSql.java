package io.gyre.api.backup;

/** The statements of backup and restore. A backup is one statement, and so one moment; a restore is one transaction. */
final class BackupSql {
    private BackupSql() {}

    /**
     * Everything of an instance as one JSON object. Candidates of rotations that run are left out: nobody was given them. What is
     * of a secret names it by its ARN, since its number is this database's own.
     */
    static final String CONTENT = """
            WITH k AS (SELECT * FROM kms_key WHERE instance_id = :instance),
                 s AS (SELECT s.* FROM secret s JOIN k USING (key_id)),
                 v AS (SELECT v.*, s.arn FROM secret_version v JOIN s USING (secret_id) WHERE NOT v.pending)
            SELECT CAST(jsonb_build_object(
                'takenAt', calendar_now(),
                'keys', (SELECT coalesce(jsonb_agg(to_jsonb(k)), '[]') FROM k),
                'keyVersions', (SELECT coalesce(jsonb_agg(to_jsonb(kv)), '[]')
                    FROM kms_key_version kv WHERE kv.key_id IN (SELECT key_id FROM k)),
                'aliases', (SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]')
                    FROM key_alias a WHERE a.key_id IN (SELECT key_id FROM k)),
                'secrets', (SELECT coalesce(jsonb_agg(to_jsonb(s) - 'secret_id'), '[]') FROM s),
                'versions', (SELECT coalesce(jsonb_agg(to_jsonb(v) - 'secret_id'), '[]') FROM v),
                'stages', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'arn', v.arn, 'stage', st.stage, 'version_id', st.version_id)), '[]')
                    FROM secret_stage st JOIN v ON v.secret_id = st.secret_id AND v.version_id = st.version_id)
                ) AS text)
            """;

    /** How many bytes of it cannot be made smaller: ciphertexts of versions. */
    static final String SIZE = """
            SELECT CAST(coalesce(sum(octet_length(v.ciphertext) + octet_length(v.wrapped_data_key)), 0) AS bigint)
            FROM secret_version v JOIN secret s USING (secret_id) JOIN kms_key k ON k.key_id = s.key_id
            WHERE k.instance_id = :instance
            """;

    /** Nobody else makes or changes a key or a secret until the restore has ended; they can be read. */
    static final String TAKE_TURN = "LOCK TABLE kms_key, key_alias, secret IN SHARE ROW EXCLUSIVE MODE";

    /** What of the backup is there and alive: keys and secrets whose instance was not released, aliases of others. */
    static final String IN_THE_WAY = """
            WITH b AS (SELECT CAST(CAST(:content AS text) AS jsonb) AS c),
            keys AS (
                SELECT 'key ' || k.key_id AS what
                FROM kms_key k JOIN kms_instance i ON i.instance_id = k.instance_id
                WHERE i.released_at IS NULL
                  AND k.key_id IN (SELECT e ->> 'key_id' FROM b, jsonb_array_elements(b.c -> 'keys') e)),
            secrets AS (
                SELECT 'secret ' || s.name AS what
                FROM secret s
                JOIN kms_key k ON k.key_id = s.key_id
                JOIN kms_instance i ON i.instance_id = k.instance_id
                WHERE i.released_at IS NULL AND s.account_id = :account
                  AND s.name IN (SELECT e ->> 'name' FROM b, jsonb_array_elements(b.c -> 'secrets') e)),
            aliases AS (
                SELECT a.name AS what
                FROM key_alias a, b, jsonb_array_elements(b.c -> 'aliases') e
                WHERE a.account_id = :account AND a.name = e ->> 'name' AND a.key_id <> e ->> 'key_id')
            SELECT what FROM keys UNION ALL SELECT what FROM secrets UNION ALL SELECT what FROM aliases
            ORDER BY what LIMIT 1
            """;

    /** Rows of a released instance make way: what is restored takes their place, with their history. */
    private static final String GIVEN = "WITH b AS (SELECT CAST(CAST(:content AS text) AS jsonb) AS c) ";

    /** A date that has passed meanwhile begins anew: restoring rotates and destroys nothing by itself. */
    static final String KEYS = GIVEN + """
            INSERT INTO kms_key (key_id, account_id, instance_id, service_key, description, key_spec, key_usage, key_state,
                origin, protection_level, creator, wrapped_material, created_at, primary_version,
                rotation_interval_seconds, next_rotation_at, last_rotation_at, deletion_planned_at, deletion_protected,
                deletion_protection_note, policy, tags)
            SELECT r.key_id, r.account_id, :instance, r.service_key, r.description, r.key_spec, r.key_usage, r.key_state,
                r.origin, r.protection_level, r.creator, r.wrapped_material, r.created_at, r.primary_version,
                r.rotation_interval_seconds, calendar_now() + r.rotation_interval_seconds * interval '1 second',
                r.last_rotation_at,
                CASE WHEN r.deletion_planned_at IS NOT NULL
                    THEN greatest(r.deletion_planned_at, calendar_now() + interval '7 days') END,
                r.deletion_protected, r.deletion_protection_note, r.policy, r.tags
            FROM b, jsonb_populate_recordset(NULL::kms_key, b.c -> 'keys') r
            ON CONFLICT (key_id) DO UPDATE SET
                instance_id = EXCLUDED.instance_id, service_key = EXCLUDED.service_key,
                description = EXCLUDED.description, key_state = EXCLUDED.key_state,
                wrapped_material = EXCLUDED.wrapped_material, primary_version = EXCLUDED.primary_version,
                rotation_interval_seconds = EXCLUDED.rotation_interval_seconds,
                next_rotation_at = EXCLUDED.next_rotation_at, last_rotation_at = EXCLUDED.last_rotation_at,
                deletion_planned_at = EXCLUDED.deletion_planned_at, deletion_protected = EXCLUDED.deletion_protected,
                deletion_protection_note = EXCLUDED.deletion_protection_note, policy = EXCLUDED.policy,
                tags = EXCLUDED.tags
            """;

    /** What the key was rotated to after the backup was taken is lost with the instance's key. */
    static final String FORGET_KEY_VERSIONS = GIVEN + """
            DELETE FROM kms_key_version WHERE key_id IN (SELECT e ->> 'key_id' FROM b, jsonb_array_elements(b.c -> 'keys') e)
            """;

    static final String KEY_VERSIONS = GIVEN + """
            INSERT INTO kms_key_version (key_id, key_version_id, wrapped_material, created_at)
            SELECT r.key_id, r.key_version_id, r.wrapped_material, r.created_at
            FROM b, jsonb_populate_recordset(NULL::kms_key_version, b.c -> 'keyVersions') r
            """;

    static final String ALIASES = GIVEN + """
            INSERT INTO key_alias (account_id, name, key_id)
            SELECT r.account_id, r.name, r.key_id FROM b, jsonb_populate_recordset(NULL::key_alias, b.c -> 'aliases') r
            ON CONFLICT DO NOTHING
            """;

    static final String SECRETS = GIVEN + """
            INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, description, key_id, instance_id,
                extended_config, tags, rotation_status, rotation_interval_seconds, next_rotation_at, last_rotation_at,
                created_at, updated_at, deletion_planned_at, policy, window_cron, window_zone, window_seconds,
                rotation_paused_at, rotation_paused_by, rotation_paused_reason)
            SELECT r.account_id, r.name, r.arn, r.secret_type, r.secret_sub_type, r.description, r.key_id,
                CASE WHEN r.instance_id IS NOT NULL THEN :instance END,
                r.extended_config, r.tags, r.rotation_status, r.rotation_interval_seconds,
                CASE WHEN r.next_rotation_at IS NOT NULL
                    THEN calendar_now() + r.rotation_interval_seconds * interval '1 second' END,
                r.last_rotation_at, r.created_at, r.updated_at,
                CASE WHEN r.deletion_planned_at IS NOT NULL
                    THEN greatest(r.deletion_planned_at, calendar_now() + interval '7 days') END,
                r.policy, r.window_cron, r.window_zone, r.window_seconds,
                r.rotation_paused_at, r.rotation_paused_by, r.rotation_paused_reason
            FROM b, jsonb_populate_recordset(NULL::secret, b.c -> 'secrets') r
            ON CONFLICT (account_id, name) DO UPDATE SET
                secret_type = EXCLUDED.secret_type, secret_sub_type = EXCLUDED.secret_sub_type,
                description = EXCLUDED.description, key_id = EXCLUDED.key_id, instance_id = EXCLUDED.instance_id,
                extended_config = EXCLUDED.extended_config, tags = EXCLUDED.tags,
                rotation_status = EXCLUDED.rotation_status,
                rotation_interval_seconds = EXCLUDED.rotation_interval_seconds,
                next_rotation_at = EXCLUDED.next_rotation_at, last_rotation_at = EXCLUDED.last_rotation_at,
                created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at,
                deletion_planned_at = EXCLUDED.deletion_planned_at, policy = EXCLUDED.policy,
                window_cron = EXCLUDED.window_cron, window_zone = EXCLUDED.window_zone,
                window_seconds = EXCLUDED.window_seconds, rotation_paused_at = EXCLUDED.rotation_paused_at,
                rotation_paused_by = EXCLUDED.rotation_paused_by,
                rotation_paused_reason = EXCLUDED.rotation_paused_reason
            """;

    static final String FORGET_VERSIONS = GIVEN + """
            DELETE FROM secret_version WHERE secret_id IN (
                SELECT s.secret_id FROM secret s, b, jsonb_array_elements(b.c -> 'secrets') e WHERE s.arn = e ->> 'arn')
            """;

    static final String VERSIONS = GIVEN + """
            INSERT INTO secret_version (secret_id, version_id, data_type, credential_name, key_id, wrapped_data_key,
                ciphertext, created_at)
            SELECT s.secret_id, r.version_id, r.data_type, r.credential_name, r.key_id, r.wrapped_data_key, r.ciphertext,
                r.created_at
            FROM b, jsonb_array_elements(b.c -> 'versions') e, jsonb_populate_record(NULL::secret_version, e) r,
                secret s
            WHERE s.arn = e ->> 'arn'
            """;

    static final String STAGES = GIVEN + """
            INSERT INTO secret_stage (secret_id, stage, version_id)
            SELECT s.secret_id, e ->> 'stage', e ->> 'version_id'
            FROM b, jsonb_array_elements(b.c -> 'stages') e, secret s
            WHERE s.arn = e ->> 'arn'
            """;

    /** After its versions and their labels. */
    static final String TELL = GIVEN + """
            SELECT 1 FROM b, jsonb_array_elements(b.c -> 'secrets') e, secret s,
                LATERAL tell_secret(s.secret_id, 'io.gyre.secret.restored.v1', NULL) AS told
            WHERE s.arn = e ->> 'arn'
            """;
}
