from datetime import UTC, datetime

from coach.coach import Coach
from coach.llm.caller import Caller, CallMade
from coach.llm.errors import BlockedError
from coach.llm.scripted import ScriptedModel
from coach.llm.service import ModelService
from coach.road import walk

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


async def test_a_whole_road_is_by_rules_where_every_text_is_refused_and_counts_each_call():
    made: list[CallMade] = []
    coach = Coach(ModelService(ScriptedModel([BlockedError()] * 9)))
    text = "get somewhere with my bonsai trees"

    way = await walk(coach, text, NOW, caller=Caller(record=made.append))

    assert way == await walk(Coach(), text, NOW)
    assert [one.step for one in made] == ["preprocess_goal", "generate_resolution", "create_plan"]
