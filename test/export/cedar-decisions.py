"""Decides requests by Cedar, as `cedarpy` has it: a JSON array of contexts on standard input, of booleans on the output.

    python cedar-decisions.py POLICIES SCHEMA
"""
import json
import sys
from pathlib import Path

from cedarpy import Entities, PolicySet, Schema, is_authorized_batch

BATCH = 1000

policies = PolicySet.from_str(Path(sys.argv[1]).read_text())
schema = Schema.from_str(Path(sys.argv[2]).read_text())
entities = Entities.from_json_str("[]")
request = {
    "principal": 'ScopePolicy::Token::"token"',
    "action": 'ScopePolicy::Action::"request"',
    "resource": 'ScopePolicy::Api::"api"',
}
contexts = json.load(sys.stdin)
answers = []
for at in range(0, len(contexts), BATCH):
    requests = [{**request, "context": context} for context in contexts[at : at + BATCH]]
    for context, result in zip(contexts[at : at + BATCH], is_authorized_batch(requests, policies, entities, schema)):
        if result.diagnostics.errors:
            sys.exit(f"{json.dumps(context)}: {result.diagnostics.errors}")
        answers.append(result.allowed)
json.dump(answers, sys.stdout)
