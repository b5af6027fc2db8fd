"""Staff who were there before sign-up: a superuser gave them their address."""

from django.db import migrations


def verify(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email.lower(), verified=True, primary=True)
        for user in User.objects.filter(is_staff=True, emailaddress__isnull=True)
    )


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0006_notices"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
