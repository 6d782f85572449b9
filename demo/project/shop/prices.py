"""Prices in cents."""


def total(items):
    """Sum of price times quantity."""
    return sum(price * quantity for price, quantity in items)


def with_tax(cents, percent):
    """Adds tax."""
    return cents + round(cents * percent / 100)


def format_cents(cents):
    """As people read it."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def parse_cents(text):
    """The other way round."""
    whole, _, fraction = text.partition(".")
    if len(fraction) != 2:
        raise ValueError(f"{text!r} has no two digits after the point")
    return int(whole) * 100 + int(fraction)
