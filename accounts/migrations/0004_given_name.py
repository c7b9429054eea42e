
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_look'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='given_name',
            field=models.CharField(blank=True, max_length=511),
        ),
    ]
