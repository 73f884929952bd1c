"""From documents to an issue: the stages put together with their models, and what is written of the articles."""
