"""Tests of the questions asked over the network, against a real server on loopback."""
