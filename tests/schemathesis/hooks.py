"""Puts what the book of the test knows where a request names a thing, a day or an amount, so that the ledger is reached and
not only its door. Nine times in ten: what names nothing must be refused well, too."""

import datetime
import re

import schemathesis

KNOWN = {
    "customer": ["C1", "C2", "C3"],
    "payer": ["C1", "C2"],
    "beneficiary": ["C1", "C2"],
    "customers": ["C1", "C2", "C3"],
    "invoice": ["A-1", "A-2", "A-3", "N-1"],
    "credits": ["A-1", "A-3"],
    "receipt": ["FT1", "FT2", "FT3"],
    "source": ["FT1", "FT2", "FT3", "N-1"],
    "account": ["bank", "momo", "cash"],
    "collector": ["collector", "manager"],
    "currency": ["RWF", "USD"],
    "code": ["C1", "C2", "C3"],
    "number": ["A-1", "A-2", "N-1"],
    "amount": ["1", "20", "30", "5000"],
    "total": ["1000", "118000"],
    "until": ["2026-11-01", "2026-12-31"],
    "promised_on": ["2026-10-25", "2026-11-30"],
    "issued_on": ["2026-10-01", "2026-10-20"],
    "due_on": ["2026-10-30", "2026-11-30"],
    "on": ["2026-10-15", "2026-10-20"],
    "as_of": ["2026-10-20", "2026-06-30"],
    # No further than this, or nothing could be posted any more.
    "to": ["2026-01-31", "2026-02-28"],
}


def is_day(text):
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def is_amount(text):
    return bool(re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,4})?", text))


def is_currency(text):
    return bool(re.fullmatch(r"[A-Z]{3}", text))


# What is no day, no amount or no currency was made so on purpose.
SHAPES = {name: is_day for name, values in KNOWN.items() if is_day(values[0])}
SHAPES |= {"amount": is_amount, "total": is_amount, "currency": is_currency}
PAPER = b"%PDF-1.7\n"
STATEMENT = b"date,description,credit,balance\n2026-10-01,FROM C1 A-1,4000,14000\n2026-10-02,SOMEBODY,100,14100\n"


def known(name, value):
    """A known value in the place of a text that the schema allows; anything else stays as it is."""
    values = KNOWN.get(name)
    if isinstance(value, list) and name == "customers":
        return [known(name, one) for one in value]
    if not values or not isinstance(value, str) or not 1 <= len(value) <= 60 or not value.isprintable():
        return value
    if name in SHAPES and not SHAPES[name](value):
        return value
    place = sum(value.encode("utf-8", "surrogatepass"))
    return value if place % 10 == 0 else values[place % len(values)]


def with_known(values, made_here=()):
    if not isinstance(values, dict):
        return values
    return {name: value if name in made_here else known(name, value) for name, value in values.items()}


@schemathesis.hook
def map_body(ctx, body):
    if isinstance(body, bytes):
        return [body, STATEMENT + body, PAPER + body][len(body) % 3]
    # A new customer or invoice brings a name of its own.
    return with_known(body, made_here=("code", "number"))


@schemathesis.hook
def map_query(ctx, query):
    return with_known(query)


@schemathesis.hook
def map_path_parameters(ctx, values):
    return with_known(values)


@schemathesis.hook
def map_headers(ctx, headers):
    if isinstance(headers, dict) and isinstance(headers.get("If-Match"), str) and len(headers["If-Match"]) % 10:
        return {**headers, "If-Match": "*"}
    return headers
