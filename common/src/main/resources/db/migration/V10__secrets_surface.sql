-- Who may do what with a secret of a KMS instance: the JSON object as its owner set it. None: the default policy.
ALTER TABLE secret ADD COLUMN policy text;
