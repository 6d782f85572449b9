from shop import prices


def test_a_total_multiplies_by_quantity():
    assert prices.total([(250, 2), (100, 1)]) == 600


def test_cents_read_like_money():
    assert prices.format_cents(1205) == "12.05"
    assert prices.format_cents(-5) == "-0.05"
