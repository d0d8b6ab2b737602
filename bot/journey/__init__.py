"""The conversation as a pure machine: it decides and never does."""
