"""Delivery: takes letters from the outbox and sees them through, paced and in order."""
