"""The addresses of the website's own pages: home, help, quick exit, and what a session asks for while it lasts."""

from django.urls import path

from portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    path("session/", views.session, name="session"),
    path("draft/throw-away/", views.throw_away_draft, name="throw_away_draft"),
    *(
        path(f"help/{name}/", views.help_page, {"name": name}, name=f"help_{name}")
        for name, (template, _) in views.HELP.items()
        if template
    ),
    path("help/", views.help_page, {"name": ""}, name="help"),
]
