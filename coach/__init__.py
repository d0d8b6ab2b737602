"""Rein's coach: from a goal in someone's words to a resolution and a weekly plan.

Knows nothing of Telegram, SQL or schedulers; `Coach` in `coach.coach` is its public face.
"""
