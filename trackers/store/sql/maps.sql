-- Map files with the number of their review.

-- name: map_files
SELECT g.code AS region, m.digest, m.number, m.name, m.size, m.at, m.by
FROM map_file AS m JOIN region AS g ON g.id = m.region_id ORDER BY g.code;

-- name: keep_map_file!
INSERT INTO map_file (region_id, digest, number, name, size, at, by)
SELECT id, :digest, :number, :name, :size, :at, :by FROM region WHERE code = :region
ON CONFLICT (region_id) DO UPDATE SET digest = excluded.digest, number = excluded.number, name = excluded.name,
    size = excluded.size, at = excluded.at, by = excluded.by;

-- name: drop_map_file!
DELETE FROM map_file WHERE region_id = (SELECT id FROM region WHERE code = :region);
