"""Benchmarks: what is promised about speed, measured against what others would do, in the same run."""
