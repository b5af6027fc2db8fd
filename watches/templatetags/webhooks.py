"""What menus need to know of webhooks."""

from django import template

from watches.webhooks.addresses import is_offered

register = template.Library()


@register.simple_tag
def webhooks_offered() -> bool:
    """Whether the operator listed any host that may be told."""
    return is_offered()
