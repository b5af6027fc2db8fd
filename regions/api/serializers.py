"""Regions as the API shows them."""

from rest_framework import serializers

from regions.models import Region


class RegionSerializer(serializers.ModelSerializer[Region]):
    """A region of one NUTS version."""

    parent = serializers.CharField(  # type: ignore[assignment]  # the region's parent, not the field's
        source="parent.code", default=None, allow_null=True
    )

    class Meta:
        model = Region
        fields = [
            "code", "version", "level", "country", "name", "name_native", "parent",
            "bloc", "lon", "lat",
        ]  # fmt: skip


class ChildSerializer(serializers.Serializer[Region]):
    """A region by code and name."""

    code = serializers.CharField()
    name = serializers.CharField()


class ChangeSerializer(serializers.Serializer[dict[str, object]]):
    """A code under which the same territory is known in another NUTS version."""

    version = serializers.IntegerField()
    code = serializers.CharField()
    relation = serializers.ChoiceField(choices=["same", "shifted"])


class RegionDetailSerializer(RegionSerializer):
    """A region with its parts and its codes in other NUTS versions."""

    children = ChildSerializer(many=True)
    other_versions = ChangeSerializer(many=True)

    class Meta(RegionSerializer.Meta):
        fields = [*RegionSerializer.Meta.fields, "children", "other_versions"]
