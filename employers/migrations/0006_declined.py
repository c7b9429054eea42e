
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0005_street'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='declined_at',
            field=models.DateTimeField(null=True),
        ),
    ]
