"""What Rein says unasked: when it is due, and the sweep that finds it."""
