"""The steps of the pipeline as a model does them: one file each, prompt, shape, checks.

A step is only ever asked for what the rules have made already; what it says replaces theirs
if it comes in time and passes its checks, and raises `ModelError` otherwise.
"""
