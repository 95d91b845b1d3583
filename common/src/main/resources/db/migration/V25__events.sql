-- What was told to Kafka stays known, so that it can be told again: each entry of a timeline with the id and the type of its
-- event, and each change of a secret as it was told.

-- One order for all of them. Whoever writes two events of one secret holds its row or its rotation's, so those of one secret are
-- numbered in the order in which they became true.
CREATE SEQUENCE told_position;

ALTER TABLE rotation_step
    ADD COLUMN position           bigint NOT NULL DEFAULT nextval('told_position'),
    ADD COLUMN event_id           uuid   NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN event_type         text   NOT NULL DEFAULT 'io.gyre.rotation.stepped.v1',
    ADD COLUMN finding            text,
    -- Of an entry that ends its rotation: the secret's AutomaticRotation from then on, as CloudMonitor's event tells it.
    ADD COLUMN automatic_rotation text;

-- Entries that are older than their numbers.
UPDATE rotation_step s
   SET position = old.position,
       event_type = CASE s.state WHEN 'Succeeded' THEN 'io.gyre.rotation.succeeded.v1'
                                 WHEN 'Failed' THEN 'io.gyre.rotation.failed.v1'
                                 WHEN 'Waiting' THEN 'io.gyre.rotation.waiting.v1'
                                 ELSE s.event_type END
  FROM (SELECT rotation_id, step, row_number() OVER (ORDER BY at_wall, step) AS position FROM rotation_step) AS old
 WHERE s.rotation_id = old.rotation_id AND s.step = old.step;
SELECT setval('told_position', (SELECT count(*) + 1 FROM rotation_step), false);

CREATE UNIQUE INDEX rotation_step_position ON rotation_step (position);

-- The life of secrets: names and versions, never values. A secret's changes outlive it, since its deletion is one of them.
CREATE TABLE secret_change (
    position   bigint      PRIMARY KEY DEFAULT nextval('told_position'),
    event_id   uuid        NOT NULL,
    event_type text        NOT NULL,
    secret_arn text        NOT NULL,
    at_wall    timestamptz NOT NULL,
    data       jsonb       NOT NULL
);

CREATE INDEX secret_change_of_secret ON secret_change (secret_arn, position);

-- Who tells it, where that is not this installation.
ALTER TABLE outbox ADD COLUMN event_source text;

-- An instant as events tell it.
CREATE FUNCTION told_time(told timestamptz) RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT to_char(told AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- The data of an event that tells of an entry of a timeline (io.gyre.event.RotationStepped).
CREATE FUNCTION stepped_event(rotation uuid, step integer, arn text, name text, type text, trigger text, version text,
                              phase text, state text, note text, finding text, worker text, at text, at_wall text)
    RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
        SELECT jsonb_strip_nulls(jsonb_build_object(
            'rotationId', rotation, 'step', step, 'secretArn', arn, 'secretName', name, 'secretType', type,
            'trigger', trigger, 'versionId', version, 'phase', phase, 'state', state, 'note', note, 'finding', finding,
            'worker', worker, 'at', at, 'atWall', at_wall))
    $$;

-- The id of CloudMonitor's event beside the one that tells of a rotation's last entry.
CREATE FUNCTION monitored_id(stepped uuid) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    AS $$ SELECT encode(substring(sha256(uuid_send(stepped) || 'acs.kms'::bytea) FROM 1 FOR 16), 'hex')::uuid $$;

-- The data of CloudMonitor's event of a rotation's end, as KMS documents it: its two samples call the sub-type
-- secretSubType and rotationSubType, and one of them alone has an instanceName or an eventTime. Of what it rotates at ECS it
-- names the secret; of RAM there is no sample.
CREATE FUNCTION monitored_event(id uuid, arn text, name text, type text, sub_type text, target jsonb, state text,
                                finding text, automatic_rotation text, at_wall timestamptz)
    RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
        SELECT jsonb_build_object('product', 'KMS', 'regionId', region, 'resourceId', arn, 'ver', '1.0')
            || CASE WHEN state = 'Succeeded'
               THEN jsonb_build_object(
                   'level', 'INFO', 'name', 'Secret:RotateSecret:Success', 'status', 'Normal', 'instanceName', name,
                   'content', content || jsonb_build_object('secretSubType', sub_type, 'successTime', at))
               ELSE jsonb_build_object(
                   'level', 'CRITICAL', 'name', 'Secret:RotateSecret:Failure', 'status', 'Failed',
                   'eventTime', to_char(at_wall AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS.MS"+0000"'),
                   'content', content || jsonb_build_object(
                       'rotationSubType', sub_type, 'failureTime', at,
                       'failureInfo', jsonb_build_object('errorCode', 'Kms:RotationFailed', 'errorMessage', finding))) END
          FROM (SELECT split_part(arn, ':', 3) AS region,
                       to_char(at_wall AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
                       jsonb_build_object(
                           'eventId', id, 'secretName', name, 'secretType', type, 'rotationStatus', automatic_rotation,
                           'RotationEntityArn', CASE type
                               WHEN 'Rds' THEN concat('acs:rds:', split_part(arn, ':', 3), ':', split_part(arn, ':', 4),
                                                      ':dbinstance/', target ->> 'DBInstanceId')
                               WHEN 'RAMCredentials' THEN concat('acs:ram::', split_part(arn, ':', 4), ':user/',
                                                                 target ->> 'UserName')
                               ELSE arn END) AS content) AS parts
    $$;

-- Tells of a change of a secret that this transaction has made, or, of its deletion, is about to make. The data are the
-- secret as it is now (io.gyre.event.SecretChanged).
CREATE FUNCTION tell_secret(secret bigint, event_type text, version text) RETURNS void
    LANGUAGE sql
    AS $$
        WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS wall, calendar_now() AS calendar),
        kept AS (
            INSERT INTO secret_change (event_id, event_type, secret_arn, at_wall, data)
            SELECT gen_random_uuid(), tell_secret.event_type, s.arn, m.wall,
                   jsonb_strip_nulls(jsonb_build_object(
                       'secretArn', s.arn, 'secretName', s.name, 'secretType', s.secret_type,
                       'secretSubType', s.secret_sub_type, 'instanceId', s.instance_id, 'versionId', tell_secret.version,
                       'stages', coalesce((SELECT jsonb_object_agg(g.stage, g.version_id) FROM secret_stage g
                                            WHERE g.secret_id = s.secret_id), '{}'),
                       'automaticRotation', s.rotation_status,
                       'rotationInterval', s.rotation_interval_seconds || 's',
                       'nextRotationAt', told_time(s.next_rotation_at),
                       'deletionPlannedAt', told_time(s.deletion_planned_at),
                       'at', told_time(m.calendar), 'atWall', told_time(m.wall)))
              FROM secret s, moment m
             WHERE s.secret_id = tell_secret.secret
            RETURNING *)
        INSERT INTO outbox (topic, record_key, event_id, event_type, event_time, data)
        SELECT 'gyre.rotation.events', k.secret_arn, k.event_id, k.event_type, k.at_wall, k.data FROM kept k
    $$;

-- Tells of the labels of a secret's versions, unless they are where they were when the secret was told of last.
CREATE FUNCTION tell_stages(secret bigint) RETURNS void
    LANGUAGE sql
    AS $$
        SELECT tell_secret(s.secret_id, 'io.gyre.secret.stages-moved.v1', now.stages ->> 'ACSCurrent')
          FROM secret s,
               LATERAL (SELECT coalesce(jsonb_object_agg(g.stage, g.version_id), '{}') AS stages FROM secret_stage g
                         WHERE g.secret_id = s.secret_id) AS now
         WHERE s.secret_id = tell_stages.secret
           AND now.stages IS DISTINCT FROM (
               SELECT c.data -> 'stages' FROM secret_change c WHERE c.secret_arn = s.arn ORDER BY c.position DESC LIMIT 1)
    $$;
