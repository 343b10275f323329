"""The three demo businesses, as data."""

from demo.businesses.barber import BARBER
from demo.businesses.clinic import CLINIC
from demo.businesses.salon import SALON

BUSINESSES = (SALON, CLINIC, BARBER)

__all__ = ["BARBER", "BUSINESSES", "CLINIC", "SALON"]
