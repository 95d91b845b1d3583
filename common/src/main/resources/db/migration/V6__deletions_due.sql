-- The scan for secrets whose recovery window has passed costs what is planned for deletion, not what exists.
CREATE INDEX secret_deletion ON secret (deletion_planned_at) WHERE deletion_planned_at IS NOT NULL;
