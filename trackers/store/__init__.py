"""Where things are kept: the database, its migrations and every line of SQL."""
