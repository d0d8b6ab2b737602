"""The first line of a resolution, its measure and its target, for each kind of goal."""
