"""JobTech's codes and ours. Regions, countries and kinds of work are listed here; of municipalities and occupations their ads have told
(taxonomy.models.TheirCode). Municipalities, regions and groups may always be asked for by the codes that both use.
"""

from collections.abc import Iterable

from django.db.models import Q

from employers.documents.jobtech import CONCEPT
from taxonomy.models import TheirCode

REGION, FIELD, GROUP = 2, 2, 4  # digits
# The vocabulary of JobTech (CC0): a county's number, its concept and its name.
REGIONS = {
    "01": ("CifL_Rzy_Mku", "Stockholms län"),
    "03": ("zBon_eET_fFU", "Uppsala län"),
    "04": ("s93u_BEb_sx2", "Södermanlands län"),
    "05": ("oLT3_Q9p_3nn", "Östergötlands län"),
    "06": ("MtbE_xWT_eMi", "Jönköpings län"),
    "07": ("tF3y_MF9_h5G", "Kronobergs län"),
    "08": ("9QUH_2bb_6Np", "Kalmar län"),
    "09": ("K8iD_VQv_2BA", "Gotlands län"),
    "10": ("DQZd_uYs_oKb", "Blekinge län"),
    "12": ("CaRE_1nn_cSU", "Skåne län"),
    "13": ("wjee_qH2_yb6", "Hallands län"),
    "14": ("zdoY_6u5_Krt", "Västra Götalands län"),
    "17": ("EVVp_h6U_GSZ", "Värmlands län"),
    "18": ("xTCk_nT5_Zjm", "Örebro län"),
    "19": ("G6DV_fKE_Viz", "Västmanlands län"),
    "20": ("oDpK_oZ2_WYt", "Dalarnas län"),
    "21": ("zupA_8Nt_xcD", "Gävleborgs län"),
    "22": ("NvUF_SP1_1zo", "Västernorrlands län"),
    "23": ("65Ms_7r1_RTG", "Jämtlands län"),
    "24": ("g5Tt_CAV_zBd", "Västerbottens län"),
    "25": ("9hXe_F4g_eTG", "Norrbottens län"),
}
COUNTRIES = {"SE": ("i46j_HmG_v64", "Sverige"), "NO": ("QJgN_Zge_BzJ", "Norge")}
KINDS = {"PFZr_Syz_cUq": "job", "kpPX_CNN_gDU": "job"}  # an ordinary employment, as it was called and as it is called
FULL_WEEK = {"SE": 40, "NO": 37.5}  # hours
EXTENTS = {"Heltid": ("6YE1_gAC_R2G", "1"), "Deltid": ("947z_JGS_Uk2", "2")}
LISTED = {theirs: ("region", ours) for ours, (theirs, _) in REGIONS.items()} | {
    theirs: ("country", ours) for ours, (theirs, _) in COUNTRIES.items()
}
WORK = ("occupation-name", "occupation-group", "occupation-field")
WHERE = ("municipality", "region", "country")
NOTHING = Q(pk__in=[])


class Codes:
    """What the codes of one question mean. A concept that nobody has told of means nothing, as there: it finds nothing."""

    def __init__(self, asked: Iterable[str]) -> None:
        bare = {code.removeprefix("-") for code in asked}
        told = {code for code in bare if CONCEPT.fullmatch(code) or code.isdecimal()}
        self._learnt = TheirCode.objects.meanings(told) if told else {}

    def condition(self, kinds: Iterable[str], code: str) -> Q:
        """Postings that have a code of any of these kinds."""
        found = NOTHING
        for kind in kinds:
            if CONCEPT.fullmatch(code):
                found |= self._theirs(kind, code)
            else:
                found |= _ours(kind, code)
                for ours in self._learnt.get((kind, code), ()):
                    found |= _ours(kind, ours)
        return found

    def _theirs(self, kind: str, code: str) -> Q:
        known = {LISTED[code][1]} if LISTED.get(code, ("",))[0] == kind else self._learnt.get((kind, code), set())
        found = NOTHING
        for ours in known:
            found |= _ours(kind, ours)
        return found & Q(workplace__place__country="SE") if kind in {"municipality", "region"} else found


def _ours(kind: str, code: str) -> Q:
    """A longer code is another kind's: 1490 is Borås, not all that begins with 14."""
    return {
        "occupation-name": Q(occupation__key=code) | Q(occupation__esco_uri=code),
        "occupation-group": Q(occupation__isco__startswith=code[:GROUP]),
        "occupation-field": Q(occupation__isco__startswith=code) if len(code) == FIELD else NOTHING,
        "municipality": Q(workplace__place__municipality_code=code),
        "region": Q(workplace__place__municipality_code__startswith=code) if len(code) == REGION else NOTHING,
        "country": Q(workplace__place__country=code),
    }[kind]


def full_time(code: str) -> Q:
    """Postings of one extent, by its concept or its number. Who does not tell the hours has none; who tells no place has Sweden's week."""
    name = next((name for name, codes in EXTENTS.items() if code in codes), "")
    whole = Q(workplace__place__isnull=True, hours_min__gte=FULL_WEEK["SE"])
    for country, hours in FULL_WEEK.items():
        whole |= Q(workplace__place__country=country, hours_min__gte=hours)
    return {"Heltid": whole, "Deltid": Q(hours_min__isnull=False) & ~whole}.get(name, NOTHING)


def either(codes: Codes, asked: Iterable[tuple[Iterable[str], str]]) -> Q:
    """(kinds, code): any of those without a minus, and none of those with one."""
    wanted, refused = Q(), Q()
    for kinds, code in asked:
        condition = codes.condition(kinds, code.removeprefix("-"))
        if code.startswith("-"):
            refused |= condition
        else:
            wanted |= condition
    return wanted & ~refused if refused else wanted


def within(places: Iterable[str], work: Iterable[str]) -> Q:
    """Postings at any of these places, for any of these sorts of work, each named by a code of whatever kind."""
    where, what = list(places), list(work)
    codes = Codes([*where, *what])
    return either(codes, [(WHERE, code) for code in where]) & either(codes, [(WORK, code) for code in what])


def municipalities(codes: Iterable[str]) -> dict[str, str]:
    """JobTech's concept of each municipality that is known."""
    found = TheirCode.objects.filter(kind="municipality", ours__in=set(codes)).order_by("-pk")
    return dict(found.values_list("ours", "theirs"))
