"""What templates need to say of calls."""

from django import template

from programmes.calls import STATES, state_of
from programmes.models import Call

register = template.Library()


@register.filter
def call_state(call: Call) -> str:
    """The state of a call today, in a word."""
    return str(STATES[state_of(call)])
