"""How the numbers of the analytics are rounded: half up, as people do on paper."""

from decimal import ROUND_HALF_UP, Decimal

TWO_DECIMALS = Decimal("0.01")
WHOLE = Decimal(1)


def two_decimals(numerator: int, denominator: int) -> float:
    """Return the quotient with two decimals; 0.0 of nothing."""
    if denominator == 0:
        return 0.0
    return float((Decimal(numerator) / denominator).quantize(TWO_DECIMALS, ROUND_HALF_UP))


def percent(part: int, whole: int) -> float:
    """Return `part` in percent of `whole` with two decimals; 0.0 of nothing. 25 of 285 are 8.77."""
    return two_decimals(100 * part, whole)


def whole_number(numerator: int, denominator: int) -> int:
    """Return the quotient as a whole number; 0 of nothing."""
    if denominator == 0:
        return 0
    return int((Decimal(numerator) / denominator).quantize(WHOLE, ROUND_HALF_UP))
