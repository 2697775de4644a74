-- The first and the last series of an indicator, found without passing those between.
CREATE INDEX series_of ON series (indicator_id);
