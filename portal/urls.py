"""Every address. People's pages carry their language first; the editors' admin has one address for all."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from content.urls import pictures
from portal.views import site

to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("", site.to_language, name="root"),
    path("health/", site.health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("search.api.contract")),
    path("", include("search.api.crawlers")),
    # Wagtail's own two sign-in forms would pass by the second factor.
    path("cms/login/", to_sign_in),
    path("cms/password_reset/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("cms/", include(wagtailadmin_urls)),
    *pictures,
    *i18n_patterns(
        path("", include("portal.pages")),
        path("account/", include("accounts.urls")),
        path("", include("search.urls")),
        path("", include("employers.urls")),
        path("", include("jobseekers.urls")),
        path("", include("matching.urls")),
        path("", include("cooperation.urls")),
        path("", include("placements.urls")),
        path("", include("content.urls")),
        prefix_default_language=True,
    ),
]
handler400 = "portal.errors.not_understood"
handler404 = "portal.errors.not_found"
handler403 = "portal.errors.forbidden"
handler500 = "portal.errors.fault"
