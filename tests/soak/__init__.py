"""Faults that befall real processes: `make test` tries some moments of each, `make soak` many."""
