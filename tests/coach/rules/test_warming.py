"""After warming, no text waits for the patterns that danger is looked for with."""

from coach.rules import safety, safety_words, warming


def test_what_danger_is_looked_for_with_is_built():
    safety_words.patterns.cache_clear()
    for step in warming.steps():
        step()
    built = safety_words.patterns.cache_info().misses
    safety.triage("I want to sleep for eight hours")
    assert built > 0
    assert safety_words.patterns.cache_info().misses == built
