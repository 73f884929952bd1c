"""What lasts from run to run: results by their key, and which article appeared in which issue."""
