"""The addresses of the website's own pages: home, help, quick exit, what a session asks for while it lasts, and each role's home."""

from django.urls import path

from portal.views import homes, site

urlpatterns = [
    path("", site.home, name="home"),
    path("leave/", site.leave, name="leave"),
    path("left/", site.left, name="left"),
    path("session/", site.session, name="session"),
    path("draft/throw-away/", site.throw_away_draft, name="throw_away_draft"),
    *(path(f"help/{name}/", site.help_page, {"name": name}, name=f"help_{name}") for name, (template, _) in site.HELP.items() if template),
    path("help/", site.help_page, {"name": ""}, name="help"),
    path("me/", homes.today, name="today"),
    path("employer/", homes.employer, name="employer_home"),
    path("advisor/", homes.advisor, name="advisor_home"),
    path("team/", homes.team, name="team_home"),
]
