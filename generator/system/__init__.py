"""Files, processes, progress: what knows nothing of papers."""
