"""Aggregates: what rows of a window say together, added up by the database."""
