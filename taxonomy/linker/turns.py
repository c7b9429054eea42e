"""Words that turn a sentence around: a "no", something missing, a demand on the person, a plan. Folded, in three languages.

They decide whether a text offers what it names. Data of a rule, so they lie here and not among the phrasings (docs/decisions/hints.md).
"""

from taxonomy.encoders.ngrams import words

_NOT = """inte ej icke aldrig knappast sällan nej ikke aldri sjelden neppe nei not never nor neither cannot hardly rarely isn doesn don aren won"""
_NO = "inga ingen inget utan varken intet ingenting uten verken no without none nobody"  # deny what follows them
_LACK = """saknas saknar saknade mangler manglar mangel lacks lacking lack missing trasig trasigt ödelagt ødelagt broken otillgänglig
utilgjengelig avstängd stengt closed unavailable omöjligt umulig impossible svårt vanskelig difficult hard begränsad begrenset limited
undantag unntatt except dåliga dåligt dårlig poor försvinner"""
_DEMAND_BEFORE = """ska skall måste bör må skal bør must should shall skapa skapar skape skaper create creating säkerställa säkerställer
sikre ensure ensuring upprätthålla opprettholde maintain ansvara ansvarar ansvar responsible hantera håndtere handle bidra bidrar contribute
söker letar søker leter looking seek seeking tål tåla klara klarar klarer manage erfarenhet erfaring experience vana vant van bygga bygger
bygge bygger build building installera installerer install servar reparera reparere repair sälja säljer selge selger sell selling testa
utveckla utvecklar utvikle utvikler develop undervisa undervise teach planera kundernas kunders customers klienter brukere elever pupils patienter
pasienter gäster gjester guests"""
_DEMAND = """krävs kräver krav förutsätter förutsätts kreves krever forutsetter required requires requirement require demands meriterande
behöver behövs trenger trengs need needs needed must-have obligatorisk obligatoriskt mandatory"""
_PERHAPS = """kanske kanskje maybe perhaps might eventuellt eventuelt planerar planerer planeras planlegges planned plan hoppas håper hope
framtiden fremtiden framtida future snart soon tidigare tidligere previously formerly förr används brukte used önskar ønsker wish wishes
undersöker undersøker vurderer överväger considering normalt vanligtvis vanligvis ibland iblant occasionally sometimes"""
_PERSON = ("du är", "dig som", "du trivs", "du gillar", "du er", "deg som", "du trives", "du liker", "you are", "who is", "who are", "you enjoy", "som är", "som er")


def _set(text: str) -> frozenset[str]:
    return frozenset(word for one in text.split() for word in words(one))


NOT, NO, LACK, DEMAND, DEMAND_BEFORE, PERHAPS = (_set(one) for one in (_NOT, _NO, _LACK, _DEMAND, _DEMAND_BEFORE, _PERHAPS))
PERSON = frozenset(tuple(words(one)) for one in _PERSON)
CONTRAST = _set("men dock however but däremot derimot dessutom dessuten samtidigt samtidig although though fast istället isteden instead")


def turns(scope: list[str], start: int, end: int) -> tuple[int, bool, bool, bool]:
    """Of a stretch scope[start:end]: how many times it is denied, whether something lacks, is demanded of the person, is only perhaps.

    A demand on a person stands before what it demands ("you must cope with"), or beside it ("is required").
    """
    before, inside = scope[:start], scope[start:end]
    demanded = bool(DEMAND.intersection(scope)) or bool(DEMAND_BEFORE.intersection(before)) or _of_person(before, inside)
    denied = sum(word in NOT for word in scope) + sum(word in NO for word in [*before, *inside, *(scope[-1:] if end < len(scope) else [])])
    return denied, bool(LACK.intersection(scope)), demanded, bool(PERHAPS.intersection(scope))


def _of_person(before: list[str], inside: list[str]) -> bool:
    near = [*before, *inside[:1]]
    return any(tuple(near[i : i + 2]) in PERSON for i in range(len(near) - 1))
