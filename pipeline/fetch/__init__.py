"""Documents from the web, fetched so that no feed and no page can reach what is not public, nor hold up the others."""
