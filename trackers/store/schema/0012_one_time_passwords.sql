-- Since when a one-time password holds (seconds since 1970-01-01 UTC), to let it expire; none for a password of one's own.
-- Of those given before nobody knows since when: they count from now.
ALTER TABLE account ADD COLUMN one_time_since INTEGER;
UPDATE account SET one_time_since = CAST(strftime('%s', 'now') AS INTEGER) WHERE must_change = 1 AND password IS NOT NULL;
