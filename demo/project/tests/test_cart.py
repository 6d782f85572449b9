import pytest

from shop.cart import Cart


def test_a_new_cart_is_empty():
    assert Cart().is_empty()


def test_the_same_article_adds_up():
    cart = Cart()
    cart.add("tea", 450)
    cart.add("tea", 450, 2)
    assert cart.total() == 1350


def test_a_quantity_below_one_is_refused():
    with pytest.raises(ValueError):
        Cart().add("tea", 450, 0)
