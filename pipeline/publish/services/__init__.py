"""Newsletter services and Slack: the issue as a draft that a person sends, or as a message."""
