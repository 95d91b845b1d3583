-- A timeline entry is written by the statement that moves its rotation, under the rotation's row lock: it cannot name one
-- that does not exist. To look that up again for each entry was a seventh of what a transition cost. What the foreign key
-- did besides, to take a rotation's entries along when it is deleted, is done once for all that a statement deletes; a
-- deletion waits for the row's lock, so it sees every entry.
ALTER TABLE rotation_step DROP CONSTRAINT rotation_step_rotation_id_fkey;

CREATE FUNCTION rotation_deleted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
        DELETE FROM rotation_step s USING gone g WHERE s.rotation_id = g.rotation_id;
        RETURN NULL;
    END $$;

CREATE TRIGGER rotation_deleted AFTER DELETE ON rotation
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION rotation_deleted();
