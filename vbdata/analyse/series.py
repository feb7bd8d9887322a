"""A unit over the years; the place of the register's series."""
