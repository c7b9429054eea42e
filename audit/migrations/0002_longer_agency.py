
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='agency',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='read',
            name='agency',
            field=models.CharField(max_length=200),
        ),
    ]
