"""Benchmarks: measured side by side in one run, told as medians and ratios, never as tests."""
