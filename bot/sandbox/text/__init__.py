"""Text as Telegram reads it: HTML into entities, and entities found in plain text."""
