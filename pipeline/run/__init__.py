"""From documents to an issue: the stages put together with their models, the loop over articles, and its report."""
