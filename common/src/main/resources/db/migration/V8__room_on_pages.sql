-- Most changes of a rotation touch no indexed column. Where its page has room for the new version of the row, PostgreSQL
-- writes no index for it (a heap-only tuple); the room is used again as soon as the former version is seen by nobody.
ALTER TABLE rotation SET (fillfactor = 50);
