"""The Bot API as the bot sees it: Telegram's forms of requests, answers and refusals."""
