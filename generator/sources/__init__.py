"""The sources of digests: one format a module."""
