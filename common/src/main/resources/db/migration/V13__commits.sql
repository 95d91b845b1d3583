-- How many commits have followed the last claim. A commit whose answer was lost is sent again: with the fence, this tells
-- one that took place from one that did not.
ALTER TABLE rotation ADD COLUMN commits integer NOT NULL DEFAULT 0;
