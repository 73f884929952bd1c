"""Feeds that are followed: what is new in them becomes documents of the issue being built."""
