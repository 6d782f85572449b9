"""A small shop: carts, prices, stock and payment."""
