"""The steps, by number; a file's first four digits are its revision."""
