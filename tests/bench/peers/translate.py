#!/usr/bin/env python3
"""Writes a policy of the common workload (neutral JSON) as Stile text.

  translate.py POLICY.json POLICY.stile

Facts keep their order; `need_urgency` becomes `need urgency`.  Numbers become
durations in minutes.  The five outcomes become proceed, proceed with care,
consult, hold and never; without a rule the verdict is silent.
"""
import json
import sys

DIMENSIONS = ("need", "capability", "context", "risk")
THEN = ["proceed", "proceed with care", "consult supervisor", "hold"]
OPS = {"ge": "is at least", "le": "is at most", "lt": "is below", "eq": "is"}
BECAUSE = '    because "It is so."\n'


def name(fact):
    dimension, _, rest = fact.partition("_")
    assert dimension in DIMENSIONS, fact
    return f"{dimension} {rest.replace('_', '-')}"


def declare(fact):
    head = f'{name(fact["name"])} "?"'
    if fact["type"] == "enum":
        return f"{head} is one of {' < '.join(fact['levels'])}\n"
    if fact["type"] == "bool":
        return f"{head} is yes or no\n"
    assert fact["min"] == 0
    return f"{head} is a duration in minutes up to {fact['max']} minutes\n"


def value(fact, number):
    if fact["type"] == "enum":
        return fact["levels"][number]
    return f"{number} minutes"


def atom(test, facts):
    fact, op, given = facts[test["fact"]], test["op"], test["value"]
    words = name(test["fact"])
    if op == "is":
        return words if given else f"not {words}"
    if op != "between":
        return f"{words} {OPS[op]} {value(fact, given)}"
    low, high = given
    if high > fact["max"]:
        return f"{words} is at least {value(fact, low)}"
    return f"{words} is from {value(fact, low)} to {value(fact, high - 1)}"


def condition(tree, facts, top):
    for key, joint in (("all", " and "), ("any", " or ")):
        if key in tree:
            parts = [condition(part, facts, False) for part in tree[key]]
            text = joint.join(parts)
            return text if top or len(parts) == 1 else f"({text})"
    if "not" in tree:
        return f"not ({condition(tree['not'], facts, True)})"
    return atom(tree, facts)


def rule(one, facts):
    kind = "never" if one["outcome"] == 4 else "rule"
    lines = f'  {kind} r{one["id"]} "Rule {one["id"]}"\n'
    lines += f"    when {condition(one['when'], facts, True)}\n"
    if one["outcome"] < 4:
        lines += f"    then {THEN[one['outcome']]}\n"
    return lines + BECAUSE


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        policy = json.load(file)
    facts = {fact["name"]: fact for fact in policy["facts"]}
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write(f'policy {policy["name"]} "A made-up policy"\n')
        out.write('  if unsure "Ask."\n  in force from 2026-01-01\n')
        for fact in policy["facts"]:
            out.write(declare(fact))
        out.write('support consulted "?" is any of supervisor, colleague\n')
        out.write('boundary b "Going ahead" or "Holding back"\n')
        for one in policy["rules"]:
            out.write(rule(one, facts))


if __name__ == "__main__":
    main()
