"""Goals as they are understood, for tests of what is written about them."""

from datetime import date, time

from coach.values import FoundDate, GoalType, GoalUnderstanding, Mode, Quantity

TODAY = date(2026, 11, 23)


def on(text: str, year: int, month: int, day: int) -> FoundDate:
    whole = date(year, month, day)
    return FoundDate(text, whole, whole)


RUN = GoalUnderstanding(
    "I want to run 3 times a week, 20 minutes each, before work",
    goal_type=GoalType.HABIT,
    activity="running",
    behaviour="run",
    amount=Quantity(20, "min"),
    per_week=3,
    cue="before work",
    numbers=(Quantity(3, "times/week"), Quantity(20, "min")),
)
READ = GoalUnderstanding(
    "read 10 pages every night before bed",
    goal_type=GoalType.HABIT,
    activity="reading",
    behaviour="read",
    amount=Quantity(10, "pages"),
    per_week=7,
    cue="before bed",
    numbers=(Quantity(10, "pages"),),
)
WATER = GoalUnderstanding(
    "Drink 2 litres of water a day instead of cola",
    goal_type=GoalType.HABIT,
    activity="water",
    behaviour="drink water instead of cola",
    amount=Quantity(2, "l/day"),
    per_week=7,
    numbers=(Quantity(2, "l/day"),),
)
CALL = GoalUnderstanding(
    "Call my grandparents more often, maybe every Sunday?",
    goal_type=GoalType.HABIT,
    activity="contact",
    behaviour="call my grandparents",
    per_week=1,
    days=(6,),
)
LIGHTS_OUT = GoalUnderstanding(
    "lights out by 23:00 on weekdays, i keep scrolling till 1am",
    goal_type=GoalType.HABIT,
    activity="bedtime",
    behaviour="have lights out",
    amount=Quantity(23, "clock"),
    baseline=Quantity(1, "clock"),
    at=time(23),
    days=(0, 1, 2, 3, 4),
    per_week=5,
    numbers=(Quantity(23, "clock"),),
)
PAYDAY = GoalUnderstanding(
    "put €50 aside every payday",
    goal_type=GoalType.HABIT,
    activity="saving",
    behaviour="put aside",
    amount=Quantity(50, "EUR/month"),
    per_week=0.25,
    numbers=(Quantity(50, "EUR"),),
)
HALF_MARATHON = GoalUnderstanding(
    "Run a half marathon in under 2 hours on 18 April",
    goal_type=GoalType.OUTCOME,
    activity="running",
    behaviour="run a half marathon in under 2 hours",
    baseline=Quantity(5, "km"),
    deadline=on("on 18 April", 2027, 4, 18),
    dates=(on("on 18 April", 2027, 4, 18),),
    numbers=(Quantity(2, "h"),),
)
JAPAN = GoalUnderstanding(
    "save 3,000 dollars by the end of June for a trip to Japan",
    goal_type=GoalType.OUTCOME,
    activity="saving",
    behaviour="save for a trip to Japan",
    target=Quantity(3000, "USD"),
    deadline=on("by the end of June", 2027, 6, 30),
    numbers=(Quantity(3000, "USD"),),
)
CREDIT_CARD = GoalUnderstanding(
    "pay off my 4.200€ credit card in 12 months",
    goal_type=GoalType.OUTCOME,
    activity="debt",
    behaviour="pay off my credit card",
    target=Quantity(4200, "EUR"),
    deadline=on("in 12 months", 2027, 11, 23),
    numbers=(Quantity(4200, "EUR"), Quantity(12, "months")),
)
WEIGHT = GoalUnderstanding(
    "Lose 6 kg by March",
    goal_type=GoalType.OUTCOME,
    activity="weight",
    behaviour="lose 6 kg",
    target=Quantity(6, "kg"),
    caution="weight",
    deadline=FoundDate("by March", date(2027, 3, 1), date(2027, 3, 31)),
    numbers=(Quantity(6, "kg"),),
)
GRE = GoalUnderstanding(
    "score 320+ on the GRE in 10 weeks, I'm at 305 now",
    goal_type=GoalType.OUTCOME,
    activity="studying",
    behaviour="score 320+ on the GRE",
    target=Quantity(320, "score"),
    baseline=Quantity(305, "score"),
    deadline=on("in 10 weeks", 2027, 2, 1),
    hours_per_week=6,
    numbers=(Quantity(320, "score"), Quantity(10, "weeks"), Quantity(305, "score")),
)
NOVEL = GoalUnderstanding(
    "Finish the first draft of my novel (80k words, I have 32k) by May 1st",
    goal_type=GoalType.PROJECT,
    activity="writing",
    behaviour="finish the first draft of my novel",
    target=Quantity(80_000, "words"),
    baseline=Quantity(32_000, "words"),
    per_week=4,
    deadline=on("by May 1st", 2027, 5, 1),
    numbers=(Quantity(80_000, "words"), Quantity(32_000, "words")),
)
GARAGE = GoalUnderstanding(
    "declutter the garage",
    goal_type=GoalType.PROJECT,
    activity="declutter",
    behaviour="declutter the garage",
)
GRANTS = GoalUnderstanding(
    "write and submit 2 grant applications, deadlines Dec 15 and Jan 20",
    goal_type=GoalType.PROJECT,
    activity="outreach",
    behaviour="write and submit 2 grant applications",
    deadline=on("Dec 15", 2026, 12, 15),
    later_deadlines=(on("Jan 20", 2027, 1, 20),),
    numbers=(Quantity(2, "count"),),
)
SMOKING = GoalUnderstanding(
    "quit smoking, I smoke about 15 a day",
    goal_type=GoalType.QUIT,
    activity="smoking",
    behaviour="quit smoking",
    baseline=Quantity(15, "per day"),
    caution="smoking",
    numbers=(Quantity(15, "per day"),),
)
COFFEE = GoalUnderstanding(
    "cut down to 2 coffees a day, currently 6",
    goal_type=GoalType.QUIT,
    activity="caffeine",
    behaviour="cut down on coffee",
    target=Quantity(2, "per day"),
    baseline=Quantity(6, "per day"),
    mode=Mode.STEPS,
    numbers=(Quantity(2, "per day"), Quantity(6, "per day")),
)
NAILS = GoalUnderstanding(
    "stop biting my nails",
    goal_type=GoalType.QUIT,
    activity="nails",
    behaviour="stop biting my nails",
)
ALL = {
    "run": RUN,
    "read": READ,
    "water": WATER,
    "call": CALL,
    "lights out": LIGHTS_OUT,
    "payday": PAYDAY,
    "half marathon": HALF_MARATHON,
    "japan": JAPAN,
    "credit card": CREDIT_CARD,
    "weight": WEIGHT,
    "gre": GRE,
    "novel": NOVEL,
    "garage": GARAGE,
    "grants": GRANTS,
    "smoking": SMOKING,
    "coffee": COFFEE,
    "nails": NAILS,
}
