"""The stages, in the order people travel; `anywhere` is for what may happen in every stage."""
