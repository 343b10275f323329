# The same filters, as the API uses them.
from django_filters import BaseInFilter as BaseInFilter
from django_filters import CharFilter as CharFilter
from django_filters import ChoiceFilter as ChoiceFilter
from django_filters import DateFilter as DateFilter
from django_filters import Filter as Filter
from django_filters import FilterSet as FilterSet
from django_filters import IsoDateTimeFilter as IsoDateTimeFilter
from django_filters import NumberFilter as NumberFilter
from django_filters import TypedChoiceFilter as TypedChoiceFilter
from django_filters import UUIDFilter as UUIDFilter
