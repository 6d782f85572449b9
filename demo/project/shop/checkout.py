"""From a cart to an order."""

from shop import prices


class Declined(Exception):
    """The card was refused."""


def order(cart, tax_percent=19):
    """What the customer owes."""
    if cart.is_empty():
        raise ValueError("an empty cart cannot be ordered")
    return prices.with_tax(cart.total(), tax_percent)


def pay(amount, card):
    """Charges a card and gives a receipt."""
    if not card.get("number"):
        raise Declined("no card number")
    if amount > card.get("limit", 100_000):
        raise Declined("over the limit")
    return {"paid": amount, "card": card["number"][-4:]}
