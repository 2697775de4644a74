-- The numbers of a maintained row once more, as trackers.store.packing has them: what a whole nation's judgement reads.
ALTER TABLE standing ADD COLUMN packed BLOB NOT NULL DEFAULT x'';
UPDATE standing SET packed = packed(
    series_id, (SELECT s.indicator_id FROM series AS s WHERE s.id = series_id),
    (SELECT s.region_id FROM series AS s WHERE s.id = series_id), n, first_value, first_day, value, numerator, denominator,
    day, period, previous, sum_x, sum_y, sum_xx, sum_xy, sum_yy, demo, unreviewed);
