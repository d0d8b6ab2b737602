"""The rule-based coach: everything it decides without a language model."""
