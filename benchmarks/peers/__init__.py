"""Benchmarks against other people's libraries, in an environment of their own: `make bench-peers`."""
