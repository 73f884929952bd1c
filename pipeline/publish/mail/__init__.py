"""The issue by mail, a message for each reader."""
