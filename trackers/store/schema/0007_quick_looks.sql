-- What is put together from an indicator's approved figures is put together anew when this number changes.
ALTER TABLE indicator ADD COLUMN figures INTEGER NOT NULL DEFAULT 0;
UPDATE indicator SET figures = random();

CREATE TRIGGER standing_is_new AFTER INSERT ON standing
BEGIN UPDATE indicator SET figures = random() WHERE id = (SELECT indicator_id FROM series WHERE id = NEW.series_id); END;
CREATE TRIGGER standing_is_changed AFTER UPDATE ON standing
BEGIN UPDATE indicator SET figures = random() WHERE id = (SELECT indicator_id FROM series WHERE id = NEW.series_id); END;
