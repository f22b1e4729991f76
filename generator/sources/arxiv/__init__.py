"""What arXiv sends out: its feeds, its lists, its daily mail."""
