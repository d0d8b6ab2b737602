"""The recorder stands for Opik only if Opik's own SDK finds in it all that it needs."""

import os
import subprocess
import sys

from tests.opik.recording import ROOT, Recording, tree

CALLS = """
import opik
from opik.evaluation.metrics import base_metric, score_result

@opik.track(name="reply", type="llm")
def reply(text):
    usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    opik.update_current_span(model="small", provider="google_ai", usage=usage)
    return "Walk."

@opik.track(name="turn")
def turn(text):
    scores = [{"name": "reply_rating", "value": 4, "reason": "kind"}]
    opik.update_current_trace(thread_id="thread", feedback_scores=scores)
    return reply(text)

class Whole(base_metric.BaseMetric):
    def score(self, **_):
        return score_result.ScoreResult(name=self.name, value=7.0)

turn("I want to move more")
client = opik.Opik()
assert client.create_prompt("reply", "Be short.").commit
assert client.get_prompt("reply").prompt == "Be short."
goals = client.get_or_create_dataset("goals")
goals.insert([{"goal": "walk"}, {"goal": "read"}])
assert len(goals.get_items()) == 2
task, metrics = lambda item: {"output": turn(item["goal"])}, [Whole(name="whole_rule")]
opik.evaluate(dataset=goals, task=task, scoring_metrics=metrics, experiment_name="first", verbose=0)
client.end()
opik.flush_tracker()
"""


def test_the_sdk_finds_every_answer_it_needs(recorder: Recording):
    quiet = {"OPIK_SENTRY_ENABLE": "false", "OPIK_ANALYTICS_ENABLE": "false"}
    child = subprocess.run(
        [sys.executable, "-c", CALLS],
        env={**os.environ, **quiet, "OPIK_URL_OVERRIDE": recorder.url},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stderr
    held = recorder.held()
    assert held.unknown == []
    drawn = [tree(held, trace_id) for trace_id in held.traces]
    assert drawn[0].splitlines() == [
        "turn  thread thread",
        "└─ turn [general]",
        "   └─ reply [llm]  google_ai/small  completion_tokens=4 prompt_tokens=3 total_tokens=7 "
        "original_usage.completion_tokens=4 original_usage.prompt_tokens=3 "
        "original_usage.total_tokens=7",
        "score reply_rating = 4  (kind)",
    ]
    assert len(held.experiment_items) == len(held.dataset_items) == 2
    assert sum("score whole_rule = 7" in one for one in drawn) == 2
