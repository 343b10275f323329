"""What can be exported, as JSON."""

from typing import Any

from rest_framework import serializers

from core.datasets import Column, ColumnType, Dataset, Filter, FilterType
from exports.formats import Format


class ColumnSerializer(serializers.Serializer[Column]):
    """One column."""

    name = serializers.CharField()
    type = serializers.ChoiceField(choices=list(ColumnType))
    summary = serializers.CharField()


class FilterSerializer(serializers.Serializer[Filter]):
    """One filter; `choices` is empty unless there is a fixed set of values."""

    name = serializers.CharField()
    type = serializers.ChoiceField(choices=list(FilterType))
    summary = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())


class DatasetSerializer(serializers.Serializer[Dataset]):
    """One dataset. `schema_version` grows when a column is renamed, removed or changes its meaning."""

    key = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField()
    schema_version = serializers.IntegerField(source="version")
    columns = ColumnSerializer(many=True)
    filters = FilterSerializer(many=True)


class CatalogueSerializer(serializers.Serializer[Any]):
    """Everything that can be exported, and the formats every dataset comes in."""

    formats = serializers.ListField(child=serializers.ChoiceField(choices=list(Format)))
    datasets = DatasetSerializer(many=True)
