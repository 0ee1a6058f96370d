#!/usr/bin/env python3
"""Checks a log with the standard library alone, from docs/log-format.md.

    log_verify.py FILE [CHECKPOINT]

Prints the size and root, then a line `ID WHAT` for each finding; exits with 1
if there is one. The sealed parts are left to `stile log verify`: Python has no
secret boxes. Nor has it Ed25519: tests/ed25519.py has that from its RFC.
"""
import hashlib
import json
import os
import sqlite3
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import ed25519

APPLICATION = 1400138092


def sha256(data):
    return hashlib.sha256(data).digest()


def root_of(leaves):
    """RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:]))


def pragma(db, name):
    return db.execute("PRAGMA " + name).fetchone()[0]


def canonical(body):
    return json.dumps(body, sort_keys=True, ensure_ascii=False,
                      separators=(",", ":"))


def check_body(ident, text, leaf, log, images):
    try:
        body = json.loads(text)
    except ValueError:
        return "edited", {}
    if sha256(b"\0" + text.encode()) != leaf or canonical(body) != text:
        return "edited", body
    if body["id"] != ident:
        return "moved", body
    if body["log"] != log:
        return "foreign", body
    if body["kind"] == "asked":
        image = body["policy"]["image"]
        if image not in images:
            return "image-missing", body
        if hashlib.sha256(images[image]).hexdigest() != image:
            return "image-changed", body
    return None, body


def keys_of(path):
    if not os.path.exists(path):
        return None
    db = sqlite3.connect(path)
    return {row[0] for row in db.execute("SELECT entry FROM key")}


def check_keys(bodies, keys, findings):
    if keys is None:
        return
    forgotten = set()
    for body in bodies.values():
        forgotten.update(body.get("entries", []))
    for ident, body in bodies.items():
        if not body.get("parts"):
            continue
        if ident not in keys and ident not in forgotten:
            findings.append((ident, "key-missing"))
        if ident in keys and ident in forgotten:
            findings.append((ident, "key-returned"))


def read_checkpoint(path):
    """What it says, and whether its own key signed it."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    head = dict(line.split(" ", 1) for line in text.splitlines()[1:])
    signed = text[:text.index("signature ")].encode()
    return head, ed25519.verify(bytes.fromhex(head["key"]), signed,
                                bytes.fromhex(head["signature"]))


def check_against(path, log, leaves, findings):
    head, fits = read_checkpoint(path)
    size = int(head["size"])
    if not fits:
        findings.append((0, "signature"))
    elif head["log"] != log:
        findings.append((0, "replaced"))
    elif size > len(leaves):
        findings.append((len(leaves) + 1, "cut"))
    elif root_of(leaves[:size]).hex() != head["root"]:
        findings.append((0, "rewritten"))


def main(path, checkpoint=None):
    db = sqlite3.connect(path)
    assert pragma(db, "application_id") == APPLICATION
    assert pragma(db, "user_version") == 1
    log, size, peaks = db.execute("SELECT log, size, peaks FROM head"
                                  ).fetchone()
    images = dict(db.execute("SELECT hash, bytes FROM image"))
    findings, leaves, bodies, following = [], [], {}, 1
    for ident, text, leaf in db.execute(
            "SELECT id, body, leaf FROM entry ORDER BY id"):
        if ident > following:
            findings.append((following, "missing"))
        if ident > size:
            findings.append((ident, "added"))
        what, bodies[ident] = check_body(ident, text, leaf, log, images)
        if what:
            findings.append((ident, what))
        leaves.append(sha256(b"\0" + text.encode()))
        following = ident + 1
    check_keys(bodies, keys_of(path + "-keys"), findings)
    if following - 1 < size:
        findings.append((following, "cut"))
    elif not findings and peaks != own_peaks(leaves):
        findings.append((0, "head-wrong"))
    if checkpoint:
        check_against(checkpoint, log, leaves, findings)
    print(len(leaves), root_of(leaves).hex())
    for ident, what in findings:
        print(ident or "-", what)
    return 1 if findings else 0


def own_peaks(leaves):
    """The roots of the perfect trees, from the largest."""
    peaks, start = b"", 0
    for bit in range(63, -1, -1):
        if len(leaves) >> bit & 1:
            peaks += root_of(leaves[start:start + (1 << bit)])
            start += 1 << bit
    return peaks


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
