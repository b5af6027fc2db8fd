"""Programs for ``test_desk.run`` that make people, signed in without a password."""

SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import Scope, User
def signed_in(user):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key
def person(name, house, role="", region=None):
    email = f"{name.lower()}@{house}.example"
    user = User.objects.create_user(email, "unguessable-0815", name=name)
    if role:
        Scope.objects.create(user=user, role=role, region=region)
    return user
"""
