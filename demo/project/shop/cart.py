"""A cart of articles."""

from shop import prices


class Cart:
    """Articles with quantities."""

    def __init__(self):
        self.lines = {}

    def add(self, article, price, quantity=1):
        if quantity < 1:
            raise ValueError("a quantity is at least 1")
        _, held = self.lines.get(article, (price, 0))
        self.lines[article] = (price, held + quantity)

    def remove(self, article):
        if article not in self.lines:
            raise KeyError(article)
        del self.lines[article]

    def total(self):
        return prices.total(self.lines.values())

    def is_empty(self):
        return not self.lines
