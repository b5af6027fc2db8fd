"""People who sign in."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import User


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence("person{}@example.org".format)
    name = "A Person"
    password = factory.django.Password("correct horse battery staple")
