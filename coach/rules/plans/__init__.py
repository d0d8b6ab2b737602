"""The weeks of a plan, for each kind of goal."""
