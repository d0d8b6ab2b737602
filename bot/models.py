"""The language model that the operator's settings ask for."""

from bot.settings import Settings
from coach.llm.providers import Address, LazyProvider, choose


def provider(chosen: Settings) -> LazyProvider | None:
    """Give the model of these settings, not made yet; None: the rules answer.

    Raises `MissingLibraryError` where its library is not installed.
    """
    if chosen.provider == "rules":
        return None
    openai = chosen.provider == "openai-compatible"
    key = chosen.openai_api_key if openai else chosen.gemini_api_key
    root = chosen.openai_base_url if openai else chosen.gemini_base_url
    address = Address(key.get_secret_value() if key else None, root)
    return choose(chosen.provider, chosen.llm_model, address)


def judge(chosen: Settings) -> str:
    """Name the model that scores; a server of the operator's own scores with its usual one."""
    named = "llm_judge_model" in chosen.model_fields_set
    return chosen.llm_judge_model if named or chosen.provider != "openai-compatible" else ""
