

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('sources', '0006_error_report'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('state', models.CharField(choices=[('waiting', 'waits for a decision'), ('loaded', 'loaded'), ('discarded', 'discarded'), ('undone', 'undone')], default='waiting', max_length=9, verbose_name='state')),
                ('file_name', models.CharField(max_length=255, verbose_name='file')),
                ('options', models.JSONField(default=dict)),
                ('preview', models.JSONField(default=dict)),
                ('errors', models.JSONField(default=list)),
                ('created', models.PositiveIntegerField(default=0, verbose_name='new')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                ('rejected', models.PositiveIntegerField(default=0, verbose_name='left out')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_batches', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('object_id', models.PositiveBigIntegerField()),
                ('label', models.CharField(max_length=300, verbose_name='record')),
                ('is_new', models.BooleanField(verbose_name='new')),
                ('history_id', models.PositiveBigIntegerField(null=True)),
                ('before', models.JSONField(default=dict)),
                ('is_undone', models.BooleanField(default=False, verbose_name='undone')),
                ('kept', models.CharField(blank=True, max_length=300, verbose_name='kept because')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='exchange.importbatch')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'imported row',
                'verbose_name_plural': 'imported rows',
                'ordering': ['batch', 'number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('definition', models.JSONField()),
                ('saved_at', models.DateTimeField(auto_now=True, verbose_name='saved')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'column mapping',
                'verbose_name_plural': 'column mappings',
                'ordering': ['name'],
            },
        ),
    ]
