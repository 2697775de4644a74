-- Map files that an administrator supplied, each with the number of its review (审图号): one for a region. The content lies
-- beside the database, under its digest.

CREATE TABLE map_file (
    region_id INTEGER PRIMARY KEY REFERENCES region (id), -- that all of its outlines lie in
    digest TEXT NOT NULL,
    number TEXT NOT NULL,             -- of its review
    name TEXT NOT NULL,               -- of the file
    size INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
