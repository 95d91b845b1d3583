-- Who may do what with a secret of a KMS instance: the JSON object as its owner set it. None: the default policy.
ALTER TABLE secret ADD COLUMN policy text;

-- What has tags, in one list. A key whose material is destroyed is there for its former secrets alone.
CREATE VIEW tagged AS
    SELECT 'secret' AS resource_type, account_id, name AS resource_id, CAST(tags AS jsonb) AS tags
    FROM secret
    UNION ALL
    SELECT 'key', account_id, key_id, CAST(tags AS jsonb)
    FROM kms_key
    WHERE key_state <> 'Destroyed';
