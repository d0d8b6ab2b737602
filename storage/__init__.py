"""Rein's memory: tables, keys, one repository a concern, and the database they live in.

Words are sealed with their person's key before they reach SQL; see `storage.keys`.
"""
