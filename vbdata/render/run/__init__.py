"""The run of a year: which pages there are, which are still good, and how each was made."""
