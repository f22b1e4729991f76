"""The search index, cut by term."""
