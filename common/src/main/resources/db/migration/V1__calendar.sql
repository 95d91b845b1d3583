-- The calendar of the installation: the clock that overlaps, intervals and recovery windows count on.
-- Speed 1 is the wall clock; only the local platform runs it faster.
CREATE TABLE calendar (
    id              smallint         PRIMARY KEY CHECK (id = 1),
    wall_origin     timestamptz      NOT NULL,
    calendar_origin timestamptz      NOT NULL,
    speed           double precision NOT NULL CHECK (speed > 0)
);

INSERT INTO calendar VALUES (1, 'epoch', 'epoch', 1);

-- PostgreSQL's own clock is the only one that is asked, so no two hosts' clocks are ever compared.
CREATE FUNCTION calendar_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE
    AS $$ SELECT calendar_origin + (clock_timestamp() - wall_origin) * speed FROM calendar $$;
