-- What the database was filled with, so that an ordinary start need not read the seed files again.
CREATE TABLE loaded (
    what TEXT PRIMARY KEY,            -- seeds, demonstration
    digest TEXT NOT NULL              -- SHA-256 of what was read
) STRICT;
