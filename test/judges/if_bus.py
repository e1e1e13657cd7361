"""IF.bus 1.0 in Python, written from docs/if-bus.md alone: opens the golden messages and refuses the rest.

Usage: if_bus.py VECTORS.json
Prints one JSON document: how many vectors were judged, and those whose answer differs from the file.
Needs the package `cryptography` for Ed25519 and nothing else.
"""

import base64
import hashlib
import json
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MESSAGE_TYPE = "application/vnd.infrafabric.ifbus.message.v1+json"
TRUST_TYPE = "application/vnd.infrafabric.trust.v1+json"
ROLES = ["coordinator", "collector", "pricing", "rightsizing", "upgrade-risk", "budget"]
ORDERS = ["request", "cancel", "close", "challenge"]
DEFERRABLE = ["request", "challenge", "close"]
ANSWERS = ["accept", "progress", "inform", "refuse", "failure", "confirm", "disconfirm", "not-understood"]
CITING = ["inform", "confirm", "disconfirm"]
LEAST = 2**53 - 1
MINUTE = 60_000
DAY = 86_400_000
MOST_INSIDE = 65_536
MOST_BESIDE = 33_554_432


class Refused(Exception):
    """A message that must not be acted on, with its code."""


def refuse_when(condition, code):
    if condition:
        raise Refused(code)


# Section 1: wire form.


def canonical(value):
    """RFC 8785 for the profile of section 1: no number but integers, so json writes them as the RFC does."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{text_of(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return text_of(value) if isinstance(value, str) else json.dumps(value)


def text_of(text):
    return json.dumps(text, ensure_ascii=False)


def excess(text):
    depth = members = 0
    opened = in_string = escaped = False
    for letter in text:
        if in_string:
            in_string = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
            continue
        if letter <= " ":
            continue
        if opened and letter not in "]}":
            members += 1
        opened = letter in "[{"
        depth += opened
        depth -= letter in "]}"
        members += letter == ","
        in_string = letter == '"'
        refuse_when(depth > 32, "BUS_TOO_DEEP")
        refuse_when(members > 5000, "BUS_TOO_MANY")


def refuse_strings_and_numbers(value):
    if isinstance(value, str):
        bad = any("\ud800" <= c <= "\udfff" or ord(c) & 0xFFFE == 0xFFFE or "\ufdd0" <= c <= "\ufdef" for c in value)
        refuse_when(bad, "BUS_BAD_STRING")
    elif isinstance(value, float):
        raise Refused("BUS_BAD_NUMBER")
    elif isinstance(value, int) and not isinstance(value, bool):
        refuse_when(abs(value) > LEAST, "BUS_BAD_NUMBER")
    elif isinstance(value, list):
        for item in value:
            refuse_strings_and_numbers(item)
    elif isinstance(value, dict):
        for name, member in value.items():
            refuse_when(len(name.encode("utf-16-be", "surrogatepass")) > 256, "BUS_BAD_STRING")
            refuse_strings_and_numbers(name)
            refuse_strings_and_numbers(member)


def number(literal):
    """The value of a number, however it is spelled: an int, or a float when it is outside section 1."""
    value = float(literal)
    if literal.startswith("-") and value == 0 or not value.is_integer() or abs(value) > LEAST:
        return float("nan")
    return int(value)


def admit(raw, most=196_608):
    refuse_when(not 1 <= len(raw) <= most, "BUS_SIZE")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("BUS_ENCODING") from None
    refuse_when(text.startswith("\ufeff"), "BUS_ENCODING")
    excess(text)
    try:
        value = json.loads(text, parse_int=number, parse_float=number, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise Refused("BUS_PARSE") from None
    refuse_when(not isinstance(value, dict), "BUS_SHAPE")
    refuse_strings_and_numbers(value)
    refuse_when(canonical(value) != text, "BUS_NOT_CANONICAL")
    return value


def refuse_constant(name):
    raise ValueError(name)


# Sections 2 and 3: members and acts.

DIGEST = r"sha256:[0-9a-f]{64}"
AGENT = r"if://agent/[A-Za-z0-9._-]+/[a-z-]+/[A-Za-z0-9._-]+"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def matches(pattern, most=512):
    return lambda value: isinstance(value, str) and len(value) <= most and re.fullmatch(pattern, value) is not None


def integer(least):
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def text(most):
    return lambda value: isinstance(value, str) and len(value.encode("utf-16-be")) <= 2 * most


def one_of(*values):
    return lambda value: value in values


def members(required, optional=None):
    """A closed object: every required member, and no other but the optional ones."""

    def holds(value):
        known = {**required, **(optional or {})}
        return (
            isinstance(value, dict)
            and all(name in value for name in required)
            and all(name in known and known[name](value[name]) for name in value)
        )

    return holds


def list_of(item, most):
    return lambda value: isinstance(value, list) and len(value) <= most and all(item(one) for one in value)


ANY_OBJECT = lambda value: isinstance(value, dict)  # noqa: E731
EVIDENCE = matches(r"if://evidence/sha256/[0-9a-f]{64}")
REASON = members({"code": text(64), "message": text(1000)})
WORK = members({"type": matches(r"[a-z-]+\.[a-z-]+"), "service": text(40), "region": text(40), "input": EVIDENCE})
ORDER = members({"task": WORK, "context": ANY_OBJECT, "evidence": list_of(EVIDENCE, 2000)})
RESULT = members(
    {"result": members({"sha256": matches(DIGEST), "size": integer(0), "media_type": one_of("application/json")})}
)
SAID = members({"sender": matches(AGENT, 200), "count": integer(1), "last_sequence": integer(0)})
REFERENCE = members(
    {
        "uri": lambda value: text(1024)(value) and value != "",
        "sha256": matches(DIGEST),
        "size": integer(0),
        "media_type": one_of("application/json"),
    }
)
CONTENT = {
    "request": ORDER,
    "challenge": ORDER,
    "cancel": REASON,
    "close": members({"state": text(40), "senders": list_of(SAID, 2000)}),
    "accept": members({}),
    "progress": members({"done": integer(0), "total": integer(0)}),
    "inform": RESULT,
    "confirm": RESULT,
    "disconfirm": RESULT,
    "refuse": REASON,
    "failure": REASON,
    "not-understood": REASON,
}
TASK_ID = matches(r"[a-z-]+/.+", 200)
CITATION = members({"source_url": lambda value: text(512)(value) and value != "", "evidence_hash": matches(DIGEST)})


def task_of(act):
    required = {"task_id": TASK_ID}
    if act != "cancel":
        required["dispatch"] = integer(1)
    if act in ("request", "challenge"):
        required["deadline"] = integer(0)
    if act in ANSWERS and act != "refuse":
        required["fence"] = integer(1)
    return members(required)


def shape_of(act, beside):
    required = {
        "if_bus": matches(r"1\.(0|[1-9][0-9]{0,3})"),
        "performative": one_of(act),
        "message_id": matches("if://message/" + UUID),
        "conversation_id": matches(r"if://conversation/[A-Za-z0-9._-]+", 200),
        "sender": matches(AGENT, 200),
        "receiver": matches(AGENT + r"|if://role/[a-z-]+", 200),
        "timestamp": integer(0),
        "expires_at": integer(0),
        "sequence": integer(0),
        "prev_hash": lambda value: value is None or matches(DIGEST)(value),
        "citation": CITATION if act in CITING else lambda value: value is None or CITATION(value),
        "signature": lambda value: True,
    }
    required["content_ref" if beside else "content"] = REFERENCE if beside else CONTENT[act]
    if act in ANSWERS:
        required["in_reply_to"] = members({"message_id": matches("if://message/" + UUID), "sha256": matches(DIGEST)})
    if act not in ("close", "not-understood"):
        required["task"] = task_of(act)
    return members(required, {"ext": ANY_OBJECT, "critical": list_of(text(128), 16)})


SIGNATURE = members(
    {
        "algorithm": lambda value: True,
        "key_id": matches(r"ed25519:[0-9a-f]{32}"),
        "public_key": matches(r"ed25519:[A-Za-z0-9_-]{43}"),
    },
    {"signature_bytes": lambda value: True},
)


def read(message):
    version = message.get("if_bus")
    other = isinstance(version, str) and re.fullmatch(r"(0|[1-9][0-9]*)\.[0-9]+", version)
    refuse_when(other and not version.startswith("1."), "BUS_VERSION_UNSUPPORTED")
    act = message.get("performative")
    refuse_when(act not in ORDERS + ANSWERS, "BUS_SCHEMA")
    citation = message.get("citation")
    refuse_when(act in CITING and citation is None, "EVIDENCE_MISSING")
    hash_shown = isinstance(citation, dict) and matches(DIGEST)(citation.get("evidence_hash"))
    refuse_when(isinstance(citation, dict) and not hash_shown, "EVIDENCE_HASH_FORMAT")
    unsigned = {**message, "signature": {}}
    beside = "content_ref" in message
    refuse_when(beside and act not in DEFERRABLE, "BUS_SCHEMA")
    refuse_when(not shape_of(act, beside)(unsigned), "BUS_SCHEMA")
    signature = message.get("signature")
    refuse_when(not isinstance(signature, dict), "BUS_SIGNATURE_SHAPE")
    refuse_when(not SIGNATURE(signature), "BUS_SCHEMA")
    large = not beside and len(canonical(message["content"]).encode()) > MOST_INSIDE
    refuse_when(large, "BUS_SCHEMA")
    refuse_when(len(message.get("critical", [])) > 0, "BUS_CRITICAL_UNKNOWN")
    refuse_when(signature["algorithm"] != "ed25519", "BUS_ALGORITHM")
    return act


# Section 4: signature.


def base64url(value):
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_-]*", value):
        return None
    try:
        raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError:
        return None
    return raw if base64.urlsafe_b64encode(raw).decode().rstrip("=") == value else None


def framed(payload_type, body):
    return b"DSSEv1 %d %s %d %s" % (len(payload_type), payload_type.encode(), len(body), body)


def verifies(public_key, payload_type, body, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, framed(payload_type, body))
        return True
    except InvalidSignature:
        return False


def key_id_of(public_key):
    return "ed25519:" + hashlib.sha256(public_key).hexdigest()[:32]


# Section 5: trust.


def trusted_keys(trust, roots, now):
    document = json.loads(trust)
    body = canonical(document["payload"]).encode()
    signers = set()
    for signature in document["signatures"]:
        raw = base64url(signature["public_key"].removeprefix("ed25519:"))
        if key_id_of(raw) in roots and verifies(raw, TRUST_TYPE, body, base64url(signature["signature_bytes"])):
            signers.add(key_id_of(raw))
    if document["payload_type"] != TRUST_TYPE or not signers or now >= document["payload"]["expires_at"]:
        raise SystemExit("the trust document does not hold")
    return {key["key_id"]: key for key in document["payload"]["keys"]}


# Section 6: refusal, in its order.


def open_message(raw, keys, receivers, now, conversation=None, requests=None):
    message = admit(raw)
    act = read(message)
    signature = message["signature"]
    key = keys.get(signature["key_id"])
    refuse_when(key is None, "BUS_KEY_UNKNOWN")
    refuse_when(key["status"] == "revoked" and now >= key["revoked_at"], "BUS_KEY_REVOKED")
    refuse_when(not key["not_before"] <= now < key["not_after"], "BUS_KEY_NOT_VALID")
    refuse_when(signature["public_key"] != key["public_key"], "BUS_KEY_MISMATCH")
    signature_bytes = base64url(signature.get("signature_bytes"))
    refuse_when(signature_bytes is None or len(signature_bytes) != 64, "BUS_SIGNATURE_SHAPE")
    unsigned = {name: member for name, member in signature.items() if name != "signature_bytes"}
    body = canonical({**message, "signature": unsigned}).encode()
    public_key = base64url(key["public_key"].removeprefix("ed25519:"))
    refuse_when(not verifies(public_key, MESSAGE_TYPE, body, signature_bytes), "BUS_SIGNATURE_INVALID")
    authorise(message, act, key)
    other = conversation is not None and message["conversation_id"] != conversation
    refuse_when(other, "BUS_WRONG_CONVERSATION")
    refuse_when(message["receiver"] not in receivers, "BUS_WRONG_RECEIVER")
    sent, ends = message["timestamp"], message["expires_at"]
    refuse_when(ends < sent, "BUS_TIME_ORDER")
    refuse_when(ends - sent > 14 * DAY, "BUS_TTL")
    refuse_when(sent > now + MINUTE, "BUS_FROM_FUTURE")
    refuse_when(ends < now - MINUTE, "BUS_EXPIRED")
    if requests is not None and "in_reply_to" in message:
        refuse_when(message["in_reply_to"]["sha256"] not in requests, "BUS_REPLY_UNBOUND")
    return message


def authorise(message, act, key):
    subject = zip(key["subject"].split("/"), message["sender"].split("/"), strict=True)
    refuse_when(any(wanted not in ("*", got) for wanted, got in subject), "BUS_SENDER_MISMATCH")
    role = message["sender"].split("/")[4]
    refuse_when(role not in key["roles"], "BUS_ROLE_FORBIDDEN")
    refuse_when((role == "coordinator") != (act in ORDERS), "BUS_ROLE_FORBIDDEN")
    receiver = message["receiver"].split("/")
    owner = role if act in ANSWERS else receiver[3] if receiver[2] == "role" else receiver[4]
    if "task" in message:
        refuse_when(message["task"]["task_id"].split("/")[0] != owner, "BUS_ROLE_FORBIDDEN")
    if "content" in message:
        authorise_type(act, message["content"], owner)


def authorise_type(act, content, owner):
    if act in ("request", "challenge"):
        refuse_when(content["task"]["type"].split(".")[0] != owner, "BUS_ROLE_FORBIDDEN")


# Section 8: content beside a message.


def fetch(message, folder, found):
    """The content of an opened message; `found` is the object its reference names, or None."""
    reference, act = message["content_ref"], message["performative"]
    uri = reference["uri"]
    inside = uri.startswith(folder) and re.fullmatch(r"[0-9a-f]{64}", uri[len(folder) :])
    refuse_when(not inside, "CLAIM_URI_FORBIDDEN")
    refuse_when(reference["size"] > MOST_BESIDE, "CLAIM_TOO_LARGE")
    refuse_when(found is None, "CLAIM_MISSING")
    refuse_when(len(found) > MOST_BESIDE, "CLAIM_TOO_LARGE")
    refuse_when(len(found) != reference["size"] or digest(found) != reference["sha256"], "CLAIM_HASH_MISMATCH")
    content = admit(found, MOST_BESIDE)
    refuse_when(not CONTENT[act](content), "BUS_SCHEMA")
    receiver = message["receiver"].split("/")
    authorise_type(act, content, receiver[3] if receiver[2] == "role" else receiver[4])


def digest(raw):
    return "sha256:" + hashlib.sha256(raw).hexdigest()


# The judge.


def answer(act):
    try:
        act()
        return "opened"
    except Refused as refused:
        return str(refused)


def replay_answer(vector, keys, now):
    first, second = vector["wires"]
    remembered = open_message(first.encode(), keys, vector["receivers"], now)
    again = open_message(second.encode(), keys, vector["receivers"], now)
    if again["message_id"] != remembered["message_id"]:
        return "opened"
    return "BUS_DUPLICATE" if first == second else "BUS_ID_REUSE"


def claim_answer(vector, keys, now):
    message = open_message(vector["wire"].encode(), keys, vector["receivers"], now)
    found = vector["object_base64"]
    fetch(message, vector["folder"], None if found is None else base64.b64decode(found))


def bytes_of(vector):
    raw = base64.b64decode(vector["wire_base64"])
    insert = vector.get("insert_x", {"at": 0, "count": 0})
    return raw[: insert["at"]] + b"x" * insert["count"] + raw[insert["at"] :]


def judge(vectors):
    now = vectors["now_ms"]
    keys = trusted_keys(vectors["trust"], vectors["root_key_ids"], now)
    answers = []
    for one in vectors["golden"]:
        raw = one["wire"].encode()
        got = answer(lambda: open_message(raw, keys, one["receivers"], now))
        answers.append((one["performative"], "opened", got))
        answers.append((one["performative"] + " digest", one["sha256"], digest(raw)))
        answers.append((one["performative"] + " framing", one["pae_sha256"], digest(framed(MESSAGE_TYPE, one["signed"].encode()))))
    for one in vectors["refusals"]:
        got = answer(lambda: open_message(bytes_of(one), keys, one["receivers"], now, one.get("conversation"), one.get("requests")))
        answers.append((one["name"], one["code"], got))
    for one in vectors["replays"]:
        answers.append((one["name"], one["code"], replay_answer(one, keys, now)))
    for one in vectors["claims"]:
        answers.append((one["name"], one["code"], answer(lambda: claim_answer(one, keys, now))))
    wrong = [{"vector": name, "expected": expected, "got": got} for name, expected, got in answers if expected != got]
    return {"judged": len(answers), "wrong": wrong}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(json.dumps(judge(json.load(file))))
