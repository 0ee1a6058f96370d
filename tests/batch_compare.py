#!/usr/bin/env python3
"""`stile batch` must say what `stile ask` says of each case.

  batch_compare.py STILE POLICY FOLDER SEED COUNT

Makes random cases for the policy and writes them as CSV, as situations in JSON
Lines, as lines with the facts at the top, and into a database.  Every answer is
compared with that of `stile ask` on the same case, and the four with each
other.  Prints how many were the same; exit status 1 on a difference.
"""
import csv
import json
import os
import random
import sqlite3
import subprocess
import sys

STILE, POLICY, FOLDER = sys.argv[1:4]
SEED, COUNT = int(sys.argv[4]), int(sys.argv[5])
DAY = "2026-11-23"


def stile(*words):
    run = subprocess.run([STILE, *words], capture_output=True, text=True,
                         cwd=FOLDER, check=False)
    if run.returncode > 1:
        sys.exit(f"{' '.join(words)}: {run.returncode}\n{run.stderr}")
    return run.stdout


def facts_of(policy):
    facts, boundaries = [], []
    for line in stile("dump", "--stage", "checked", policy).splitlines():
        words = line.split()
        if line.startswith("fact "):
            facts.append((words[2], words[3], words[4:]))
        elif line.startswith("boundary "):
            boundaries.append(words[1])
    return facts, boundaries


def step_of(words):
    low, high = int(words[words.index("from") + 1]), \
        int(words[words.index("to") + 1])
    return low, high, int(words[words.index("step") + 1])


def amount(chance, kind, words):
    low, high, step = step_of(words)
    near = min(high, low + chance.choice([3, 30, 300, 30000, 3000000]))
    value = low + chance.randrange((near - low) // step + 1) * step
    if kind == "money":
        return f"{value // 100}.{value % 100:02}" if value >= 0 else "0"
    if kind == "number":
        return str(value // 1000000)
    return None if kind != "duration" else value


def day(chance):
    return f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-" \
        f"{chance.randrange(1, 29):02}"


class Maker:
    """Random values of one fact, as a list of texts (records: as events)."""

    def __init__(self, fact, units):
        self.name, self.kind, self.words = fact
        self.unit = units.get(self.name, "months")
        self.values = [w for w in self.words if w not in (
            "fixed", "no-excuse", "who-agree", "who", "agree", "ahead")]

    def one(self, chance):
        if self.kind == "yes-no":
            return chance.choice(["yes", "no"])
        if self.kind in ("scale", "choice"):
            return chance.choice(self.values)
        if self.kind == "date":
            return day(chance)
        if self.kind == "duration":
            return f"{amount(chance, 'duration', self.words)} {self.unit}"
        return amount(chance, self.kind, self.words)

    def some(self, chance):
        support = self.name.startswith("support.")
        if self.kind == "set":
            return sorted(v for v in self.values if chance.random() < 0.4)
        if self.kind == "record":
            item = self.words[self.words.index("of") + 1]
            return [event(chance, item, self.words, self.unit)
                    for _ in range(chance.randrange(4))]
        count = 2 if not support and chance.random() < 0.05 else 1
        return sorted({self.one(chance) for _ in range(count)})


def event(chance, item, words, unit):
    when = day(chance)
    if item in ("dates", "date", "visits"):
        return when
    if item == "duration":
        return f"{amount(chance, item, words)} {unit} on {when}"
    return f"{amount(chance, item, words)} on {when}"


def nested(case):
    document = {"as-of": DAY, "boundary": case["boundary"]}
    for name, (kind, values) in case["facts"].items():
        dimension, fact = name.split(".")
        inner = document.setdefault(dimension, {})
        if kind == "set" or len(values) != 1:
            inner[fact] = values
        elif kind == "record":
            inner[fact] = values
        else:
            inner[fact] = values[0]
    return document


def flat(case):
    document = {"as-of": DAY, "boundary": case["boundary"]}
    for name, (_, values) in case["facts"].items():
        document[name] = ", ".join(values) if values else "none"
    return document


def cells(case, names):
    facts = case["facts"]
    row = [case["boundary"]]
    for name in names:
        values = facts[name][1] if name in facts else None
        row.append("" if values is None
                   else ", ".join(values) if values else "none")
    return row


def essence(answer):
    return [answer["verdict"], answer["settled"], answer["range"],
            answer["holding-back"]["may-harm"],
            {True: "yes", False: "no", None: "open"}[answer["tension"]],
            answer["emergency"]["state"], sorted(answer["deciding"]),
            sum(duty["state"] == "yes" for duty in answer["duties"])]


def of_line(line):
    answer = json.loads(line)
    if answer["problem"]:
        return answer["problem"]
    return [answer["verdict"], answer["settled"], answer["range"],
            answer["holding-back"], answer["tension"], answer["emergency"],
            sorted(answer["deciding"]), answer["duties"]]


def of_row(row):
    if row["problem"]:
        return row["problem"]
    return [row["verdict"] or None, row["settled"] == "yes",
            [row["low"], row["high"]], row["holding-back"], row["tension"],
            row["emergency"], sorted((row["deciding"] or "").split()),
            int(row["duties"])]


def write_all(cases, names):
    os.makedirs(FOLDER, exist_ok=True)
    with open(f"{FOLDER}/cases.csv", "w", newline="", encoding="utf8") as file:
        rows = csv.writer(file)
        rows.writerow(["boundary", *names])
        rows.writerows(cells(case, names) for case in cases)
    for path, shape in (("nested", nested), ("flat", flat)):
        with open(f"{FOLDER}/{path}.jsonl", "w", encoding="utf8") as file:
            for case in cases:
                file.write(json.dumps(shape(case)) + "\n")
    base = sqlite3.connect(f"{FOLDER}/cases.db")
    base.execute("DROP TABLE IF EXISTS visits")
    columns = ",".join(f'"{name}"' for name in ["boundary", *names])
    base.execute(f"CREATE TABLE visits({columns})")
    marks = ",".join("?" * (len(names) + 1))
    base.executemany(f"INSERT INTO visits VALUES({marks})",
                     ([cell or None for cell in cells(case, names)]
                      for case in cases))
    base.commit()
    base.close()


def main():
    chance = random.Random(SEED)
    facts, boundaries = facts_of(POLICY)
    units = {}
    for number, fact in enumerate(facts):
        if "duration" in (fact[1], *fact[2]):
            units[fact[0]] = "months" if probe(fact, "months", boundaries) \
                else "minutes"
    makers = [Maker(fact, units) for fact in facts
              if not fact[0].startswith("impact.")]
    cases = []
    for _ in range(COUNT):
        share = chance.choice([1, 0.9, 0.5])
        cases.append({"boundary": chance.choice(boundaries), "facts": {
            maker.name: (maker.kind, maker.some(chance)) for maker in makers
            if chance.random() < share}})
    write_all(cases, [maker.name for maker in makers])
    expected = []
    for case in cases:
        with open(f"{FOLDER}/one.json", "w", encoding="utf8") as file:
            json.dump(nested(case), file)
        expected.append(essence(json.loads(
            stile("ask", "--format", "json", POLICY, "one.json"))))
    check(cases, expected)


def probe(fact, unit, boundaries):
    low, _, _ = step_of(fact[2])
    value = f"{low} {unit}"
    if fact[1] == "record":
        value += " on 2020-01-01"
    case = {"boundary": boundaries[0], "facts": {fact[0]: (fact[1], [value])}}
    with open(f"{FOLDER}/one.json", "w", encoding="utf8") as file:
        json.dump(nested(case), file)
    return subprocess.run([STILE, "ask", POLICY, "one.json"], cwd=FOLDER,
                          capture_output=True, check=False).returncode == 0


def check(cases, expected):
    common = ["batch", "--as-of", DAY]
    lines = [*common, "--format", "jsonl", POLICY]
    given = {
        "csv": [of_row(row) for row in csv.DictReader(
            stile(*common, POLICY, "cases.csv").splitlines())],
        "csv, two jobs": [of_row(row) for row in csv.DictReader(
            stile(*common, "--jobs", "2", POLICY, "cases.csv").splitlines())],
        "nested": list(map(of_line, stile(*lines, "nested.jsonl")
                           .splitlines())),
        "flat": list(map(of_line, stile(*lines, "flat.jsonl").splitlines())),
        "sqlite": list(map(of_line, stile(
            *lines, "--query", "SELECT * FROM visits", "cases.db")
            .splitlines())),
    }
    wrong = 0
    for name, answers in given.items():
        if len(answers) != len(cases):
            sys.exit(f"{name}: {len(answers)} answers to {len(cases)} cases")
        for number, answer in enumerate(answers):
            if answer != expected[number]:
                wrong += 1
                if wrong < 4:
                    print(name, number + 1, json.dumps(nested(cases[number])),
                          "ask:", expected[number], "batch:", answer, sep="\n")
    settled = sum(answer[1] for answer in expected)
    print(f"{len(cases)} cases ({settled} settled) in {len(given)} ways, "
          f"{wrong} differences")
    sys.exit(wrong > 0)


main()
