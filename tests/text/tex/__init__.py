"""Tests of TeX, out of prose and in maths."""
