"""How figures are said: with the interval they lie in, or that there are too few for a claim."""

from bot.report.metrics import Metric, Unit
from bot.texts import texts
from coach.catalogue import FALLBACK_LANGUAGE
from coach.samples import Difference, Estimate, Interval, Sample, Share

NONE = "–"
MET = {True: "met", False: "missed", None: "not known"}


def value(figure: float, unit: Unit) -> str:
    """Write a figure in its unit."""
    match unit:
        case Unit.SHARE:
            return percent(figure)
        case Unit.SECONDS:
            return f"{figure:.2f} s"
        case Unit.USD:
            return f"${figure:.4f}"
        case Unit.POINTS | Unit.STARS:
            return f"{figure:.1f}"


def percent(share: float) -> str:
    """Write a share in percent, small ones more exactly."""
    return f"{share:.1%}" if abs(share) < 0.1 else f"{share:.0%}"


def usd(micro: int) -> str:
    """Write millionths of a dollar."""
    return f"${micro / 1_000_000:.4f}"


def interval(found: Interval | None, unit: Unit) -> str:
    """Write the interval after a figure; nothing where there is none."""
    if found is None:
        return ""
    low, high = found.low, found.high
    if unit is Unit.SHARE:  # a mean of shares lies where shares do
        low, high = max(low, 0.0), min(high, 1.0)
    return f" ({value(low, unit)}–{value(high, unit)})"


def claim(found: Estimate | None, n: int, unit: Unit) -> str:
    """Write an estimate with its interval and n; that it is small where there is none."""
    if found is None:
        return few(n)
    return f"{value(found.value, unit)}{interval(found.interval, unit)}, n {n:,}"


def mean(sample: Sample, unit: Unit) -> str:
    """Write the mean of a sample."""
    return claim(sample.mean(), sample.n, unit)


def rate(share: Share) -> str:
    """Write a rate."""
    return claim(share.rate(), share.n, Unit.SHARE)


def correlation(found: Estimate | None) -> str:
    """Write a correlation with its interval."""
    if found is None:
        return "too few"
    reach = found.interval
    return f"{found.value:+.2f}" + (f" ({reach.low:+.2f} to {reach.high:+.2f})" if reach else "")


def few(n: int) -> str:
    """Say of a small sample that it is one."""
    return f"n {n}: too few" if n else NONE


def measured(metric: Metric) -> str:
    """Write a metric's value, or why there is none."""
    if metric.value is None:
        return NONE
    unit = metric.target.unit
    return value(metric.value, unit) + interval(metric.interval, unit)


def target(metric: Metric) -> str:
    """Write what a metric should be."""
    sign = ">" if metric.target.above else "<"
    unit = metric.target.unit
    limit = f"{metric.target.limit:.0%}" if unit is Unit.SHARE else f"{metric.target.limit:g}"
    after = {Unit.POINTS: " of 10", Unit.STARS: " of 5", Unit.SECONDS: " s"}.get(unit, "")
    return f"{sign} {'$' if unit is Unit.USD else ''}{limit}{after}"


def trend(found: Difference | None, unit: Unit) -> str:
    """Write how a figure differs from the window before; what may be chance is called so."""
    if found is None:
        return NONE
    sign = "+" if found.value >= 0 else "−"
    told = f"{sign}{value(abs(found.value), unit)}"
    if found.is_clear:
        return told
    return f"{told}, may be chance"


def against(found: Difference | None, unit: Unit) -> str:
    """Write how a variant differs from its control."""
    if found is None or found.interval is None:
        return NONE
    figures = (found.value, found.interval.low, found.interval.high)
    value, low, high = (f"{one:+.1%}" if unit is Unit.SHARE else f"{one:+.2f}" for one in figures)
    return f"{value} ({low} to {high})"


def reason(code: str) -> str:
    """Name a reason as it stands on its button."""
    known, key = texts(FALLBACK_LANGUAGE), f"stars.{code}"
    return known(key) if key in known else code


def said(name: str) -> str:
    """Write a name of ours as words."""
    return name.replace("_", " ")
