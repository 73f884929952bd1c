"""What a run did: its counts and failures, and the metrics of it."""
