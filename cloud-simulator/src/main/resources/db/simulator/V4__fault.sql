-- Faults that callers have asked for.
CREATE TABLE fault (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product     text    NOT NULL,
    action      text    NOT NULL,
    -- The value of any parameter of the call; null for every call.
    resource    text,
    kind        text    NOT NULL CHECK (kind IN ('Delay', 'Error', 'Drop', 'Hang')),
    after_work  boolean NOT NULL,
    delay_millis integer NOT NULL,
    http_status integer NOT NULL,
    code        text    NOT NULL,
    message     text    NOT NULL,
    remaining   integer NOT NULL CHECK (remaining > 0)
);
