"""The editor's hand: what a person decided about an issue, kept in a file of its own that no run writes."""
