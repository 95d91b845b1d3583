-- What each process may do, as a database role of its own. Whoever made the database made the roles too, or left them out: then
-- every process is the owner. Run at each start of api-service, after what there was to migrate: what is not granted here is not granted.
-- A version before, which starts again on the tables of a newer one, leaves its rights alone, or does not start: docs/deployment.md.
DO $grants$
DECLARE
    -- The last migration of this version, as io.gyre.store.Tables has it.
    newest CONSTANT integer := 33;
    -- The last one of the version before this one, the oldest that may work on these tables; before the first release, the one since which
    -- nothing was taken away.
    version_before CONSTANT integer := 32;
    found integer;
    oldest integer;
    process text;
BEGIN
    -- Of processes that start at once, one after the other: neither meets the other's rights, nor migrations that came since it looked.
    LOCK TABLE flyway_schema_history IN SHARE ROW EXCLUSIVE MODE;
    SELECT max(version::integer) INTO found FROM flyway_schema_history WHERE success;
    IF found > newest THEN
        oldest := substring(obj_description('flyway_schema_history'::regclass, 'pg_class') FROM '\d+');
        IF newest < oldest THEN
            -- Taken up by io.gyre.start.StartFailure.
            RAISE EXCEPTION USING ERRCODE = 'GY001', MESSAGE = format(
                'the tables in PostgreSQL have migration %s, and take no version of Gyre whose last one is before %s; this one''s is %s:'
                ' start the version that was here before the last upgrade, or a newer one.', found, oldest, newest);
        END IF;
        RETURN;
    END IF;
    -- Read by whatever starts on these tables, and by people.
    EXECUTE format('COMMENT ON TABLE flyway_schema_history IS %L',
        format('Versions of Gyre whose last migration is %s or later work on these tables.', version_before));

    FOREACH process IN ARRAY ARRAY['gyre_api', 'gyre_worker', 'gyre_simulator'] LOOP
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = process) THEN
            EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', process);
            EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', process);
            EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', process);
            EXECUTE format('GRANT SELECT ON calendar TO %I', process);
        END IF;
    END LOOP;

    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'gyre_api') THEN
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO gyre_api;
        REVOKE ALL ON flyway_schema_history FROM gyre_api;
        GRANT INSERT, UPDATE, DELETE ON
            access_key, ram_user, ram_role, ram_policy, ram_policy_version, ram_policy_attachment, used_nonce,
            ram_login_profile, console_login_link, console_session, console_failure,
            kms_instance, kms_key, kms_key_version, key_alias,
            network_rule, access_point_policy, access_point_policy_rule, access_point, access_point_attachment, client_key,
            secret, secret_version, secret_stage, inspection, credential_offer, outbox, rotation_turn,
            qrtz_job_details, qrtz_triggers, qrtz_simple_triggers, qrtz_cron_triggers, qrtz_simprop_triggers,
            qrtz_blob_triggers, qrtz_calendars, qrtz_paused_trigger_grps, qrtz_fired_triggers, qrtz_scheduler_state,
            qrtz_locks
            TO gyre_api;
        GRANT UPDATE ON calendar, rotation_schedule, rotation_plan TO gyre_api;
        GRANT INSERT, UPDATE ON campaign, campaign_secret TO gyre_api;
        GRANT INSERT, UPDATE, DELETE ON webhook, webhook_secret, webhook_delivery TO gyre_api;
        -- It begins rotations and orders what they are to do; how they go on and end is the workers' to write.
        GRANT INSERT ON rotation, rotation_step TO gyre_api;
        GRANT INSERT ON secret_change TO gyre_api;
        GRANT USAGE ON SEQUENCE told_position TO gyre_api;
        GRANT UPDATE (ordered, ordered_seconds, ordered_by, wake_clock, wake_at) ON rotation TO gyre_api;
        GRANT EXECUTE ON FUNCTION reopen_rotation(uuid, text) TO gyre_api;
        -- It asks for a look at a secret; what was seen is the workers' to write.
        GRANT INSERT (secret_id, secret_type) ON drift_check TO gyre_api;
        GRANT UPDATE (asked_at, claim) ON drift_check TO gyre_api;
        GRANT INSERT, UPDATE ON root_key TO gyre_api;
        GRANT EXECUTE ON FUNCTION note_root_keys(uuid, text, text, text[], text), forget_root_keys(uuid) TO gyre_api;
        -- Rows of the audit log are only ever added. Its private key may be sealed under another root key.
        GRANT INSERT ON audit_key, audit_chain, audit_line, audit_head TO gyre_api;
        GRANT UPDATE (sealed_key) ON audit_key TO gyre_api;
        GRANT UPDATE (last_line, last_hash, headed_line, headed_at) ON audit_chain TO gyre_api;
    END IF;

    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'gyre_worker') THEN
        -- No AccessKey, identity or policy of Gyre's own, and nothing of the audit log.
        GRANT SELECT ON
            rotation, rotation_step, secret, secret_version, secret_stage, orphan, inspection, credential_offer, kms_key,
            kms_instance, drift_check
            TO gyre_worker;
        GRANT SELECT, INSERT, UPDATE ON cloud_budget TO gyre_worker;
        GRANT UPDATE ON rotation, orphan, inspection, drift_check TO gyre_worker;
        GRANT UPDATE (current_sealed, other_sealed, lease_until, ended_at, checks) ON credential_offer TO gyre_worker;
        GRANT INSERT ON rotation_step, outbox, orphan TO gyre_worker;
        -- What it tells of a secret it reads back in the same statement.
        GRANT SELECT, INSERT ON secret_change TO gyre_worker;
        GRANT USAGE ON SEQUENCE told_position TO gyre_worker;
        GRANT INSERT, UPDATE, DELETE ON secret_version TO gyre_worker;
        GRANT INSERT, UPDATE ON secret_stage TO gyre_worker;
        GRANT UPDATE (last_rotation_at, next_rotation_at, rotation_status, updated_at) ON secret TO gyre_worker;
        GRANT EXECUTE ON FUNCTION note_root_keys(uuid, text, text, text[], text), forget_root_keys(uuid) TO gyre_worker;
    END IF;
END
$grants$;
