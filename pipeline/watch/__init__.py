"""Sources watched: what is usual of each, and what is not any more."""
