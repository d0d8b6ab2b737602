"""Whatever anybody sends: texts, updates, a model's words, taps, and floods of them."""
