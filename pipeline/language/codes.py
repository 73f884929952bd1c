"""Language codes: one form inside, every other form at the edge.

Inside, a language is the shortest BCP 47 tag that tells it from the others here: `ko`, `pt`, `fil` is `tl`, with a
script only where one language is written in two (`zh-Hans`, `zh-Hant`, `sr` in Cyrillic, `sr-Latn`), never a region.
`und` is no known language. Foreign schemes:

    pages, files   zh-TW, zh_HK, en-US, iw, de_DE.UTF-8, ger, Korean      `normalise`
    lid.176        zh, no, sh, als (Alemannic, which ISO calls gsw)       `from_lid176`, `lid176`
    FLORES, NLLB   zho_Hant, nob_Latn: ISO 639-3 and script               `flores`
    M2M-100        zh, no, ns                                             `m2m100`
    Firefox        zh, zh-Hant, nb                                        `firefox`
    OPUS-MT        zh, nb                                                 `opus`
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.errors import ConfigError

UNKNOWN = "und"


class LanguageError(ConfigError):
    """A scheme has no code for the language: what was configured cannot serve it."""


# code, FLORES code (`-` where FLORES-200 has none, with the script where it is not Latin), English name
_TABLE = """
aa - Afar; ace ace_Latn Acehnese; af afr_Latn Afrikaans; ak aka_Latn Akan; am amh_Ethi Amharic; an - Aragonese;
ar arb_Arab Arabic; arz arz_Arab Egyptian Arabic; as asm_Beng Assamese; ast ast_Latn Asturian; av -_Cyrl Avar;
awa awa_Deva Awadhi; ay ayr_Latn Aymara; az azj_Latn Azerbaijani; azb azb_Arab South Azerbaijani; ba bak_Cyrl Bashkir;
ban ban_Latn Balinese; bar - Bavarian; bcl - Central Bikol; be bel_Cyrl Belarusian; bem bem_Latn Bemba;
bg bul_Cyrl Bulgarian; bho bho_Deva Bhojpuri; bm bam_Latn Bambara; bn ben_Beng Bengali; bo bod_Tibt Tibetan;
bpy -_Beng Bishnupriya; br - Breton; bs bos_Latn Bosnian; bug bug_Latn Buginese; bxr -_Cyrl Buryat;
ca cat_Latn Catalan; cbk - Chavacano; ce -_Cyrl Chechen; ceb ceb_Latn Cebuano; ckb ckb_Arab Central Kurdish;
co - Corsican; crh crh_Latn Crimean Tatar; cs ces_Latn Czech; cv -_Cyrl Chuvash; cy cym_Latn Welsh;
da dan_Latn Danish; de deu_Latn German; diq - Zazaki; dsb - Lower Sorbian; dty -_Deva Doteli; dv -_Thaa Dhivehi;
dz dzo_Tibt Dzongkha; ee ewe_Latn Ewe; egl - Emilian; el ell_Grek Greek; en eng_Latn English; eo epo_Latn Esperanto;
es spa_Latn Spanish; et est_Latn Estonian; eu eus_Latn Basque; fa pes_Arab Persian; ff fuv_Latn Fulah;
fi fin_Latn Finnish; fj fij_Latn Fijian; fo fao_Latn Faroese; fon fon_Latn Fon; fr fra_Latn French;
frr - North Frisian; fur fur_Latn Friulian; fy - Western Frisian; ga gle_Latn Irish; gd gla_Latn Scottish Gaelic;
gl glg_Latn Galician; gn grn_Latn Guarani; gom -_Deva Konkani; gsw - Swiss German; gu guj_Gujr Gujarati; gv - Manx;
ha hau_Latn Hausa; haw - Hawaiian; he heb_Hebr Hebrew; hi hin_Deva Hindi; hif - Fiji Hindi; hne hne_Deva Chhattisgarhi;
hr hrv_Latn Croatian; hsb - Upper Sorbian; ht hat_Latn Haitian Creole; hu hun_Latn Hungarian; hy hye_Armn Armenian;
ia - Interlingua; id ind_Latn Indonesian; ie - Interlingue; ig ibo_Latn Igbo; ilo ilo_Latn Ilocano; io - Ido;
is isl_Latn Icelandic; it ita_Latn Italian; ja jpn_Jpan Japanese; jbo - Lojban; jv jav_Latn Javanese;
ka kat_Geor Georgian; kab kab_Latn Kabyle; kg kon_Latn Kongo; ki kik_Latn Kikuyu; kk kaz_Cyrl Kazakh;
km khm_Khmr Khmer; kn kan_Knda Kannada; ko kor_Hang Korean; krc -_Cyrl Karachay-Balkar; ks kas_Arab Kashmiri;
ku kmr_Latn Kurdish; kv -_Cyrl Komi; kw - Cornish; ky kir_Cyrl Kyrgyz; la - Latin; lb ltz_Latn Luxembourgish;
lez -_Cyrl Lezgian; lg lug_Latn Ganda; li lim_Latn Limburgish; lij lij_Latn Ligurian; lmo lmo_Latn Lombard;
ln lin_Latn Lingala; lo lao_Laoo Lao; lrc -_Arab Northern Luri; lt lit_Latn Lithuanian; ltg ltg_Latn Latgalian;
lua lua_Latn Luba-Lulua; luo luo_Latn Luo; lus lus_Latn Mizo; lv lvs_Latn Latvian; mag mag_Deva Magahi;
mai mai_Deva Maithili; mg plt_Latn Malagasy; mhr -_Cyrl Meadow Mari; mi mri_Latn Maori; min min_Latn Minangkabau;
mk mkd_Cyrl Macedonian; ml mal_Mlym Malayalam; mn khk_Cyrl Mongolian; mni mni_Beng Manipuri; mr mar_Deva Marathi;
mrj -_Cyrl Hill Mari; ms zsm_Latn Malay; mt mlt_Latn Maltese; mwl - Mirandese; my mya_Mymr Burmese; myv -_Cyrl Erzya;
mzn -_Arab Mazanderani; nah - Nahuatl; nap - Neapolitan; nb nob_Latn Norwegian Bokmål; nds - Low German;
ne npi_Deva Nepali; new -_Deva Newari; nl nld_Latn Dutch; nn nno_Latn Norwegian Nynorsk; nso nso_Latn Northern Sotho;
ny nya_Latn Chichewa; oc oci_Latn Occitan; om gaz_Latn Oromo; or ory_Orya Odia; os -_Cyrl Ossetian;
pa pan_Guru Punjabi; pag pag_Latn Pangasinan; pam - Pampanga; pap pap_Latn Papiamento; pfl - Palatine German;
pl pol_Latn Polish; pms - Piedmontese; pnb -_Arab Western Punjabi; ps pbt_Arab Pashto; pt por_Latn Portuguese;
qu quy_Latn Quechua; rm - Romansh; rn run_Latn Rundi; ro ron_Latn Romanian; ru rus_Cyrl Russian; rue -_Cyrl Rusyn;
rw kin_Latn Kinyarwanda; sa san_Deva Sanskrit; sah -_Cyrl Yakut; sat sat_Olck Santali; sc srd_Latn Sardinian;
scn scn_Latn Sicilian; sco - Scots; sd snd_Arab Sindhi; sg sag_Latn Sango; shn shn_Mymr Shan; si sin_Sinh Sinhala;
sk slk_Latn Slovak; sl slv_Latn Slovenian; sm smo_Latn Samoan; sn sna_Latn Shona; so som_Latn Somali;
sq als_Latn Albanian; sr srp_Cyrl Serbian; sr-Latn - Serbian in Latin script; ss ssw_Latn Swati;
st sot_Latn Southern Sotho; su sun_Latn Sundanese; sv swe_Latn Swedish; sw swh_Latn Swahili; szl szl_Latn Silesian;
ta tam_Taml Tamil; te tel_Telu Telugu; tg tgk_Cyrl Tajik; th tha_Thai Thai; ti tir_Ethi Tigrinya; tk tuk_Latn Turkmen;
tl tgl_Latn Tagalog; tn tsn_Latn Tswana; tpi tpi_Latn Tok Pisin; tr tur_Latn Turkish; ts tso_Latn Tsonga;
tt tat_Cyrl Tatar; tum tum_Latn Tumbuka; tyv -_Cyrl Tuvan; ug uig_Arab Uyghur; uk ukr_Cyrl Ukrainian;
ur urd_Arab Urdu; uz uzn_Latn Uzbek; vec vec_Latn Venetian; vep - Veps; vi vie_Latn Vietnamese; vls - West Flemish;
vo - Volapük; wa - Walloon; war war_Latn Waray; wo wol_Latn Wolof; xal -_Cyrl Kalmyk; xh xho_Latn Xhosa;
xmf -_Geor Mingrelian; yi ydd_Hebr Yiddish; yo yor_Latn Yoruba; yue yue_Hant Cantonese;
zh-Hans zho_Hans Simplified Chinese; zh-Hant zho_Hant Traditional Chinese; zu zul_Latn Zulu; und - an unknown language
"""

_FLORES: dict[str, str] = {}
_NAMES: dict[str, str] = {}
for _entry in " ".join(_TABLE.split()).split("; "):
    _code, _flores, _name = _entry.split(" ", 2)
    _FLORES[_code], _NAMES[_code] = _flores, _name

CODES = frozenset(_NAMES) - {UNKNOWN}
"""Every language known here, in the form used inside."""

# What is written for the language alone, and is not the start of its FLORES code: withdrawn and bibliographic codes,
# macro-languages, ISO 639-3 codes and names of usual varieties.
_ALIAS_TABLE = """
alb=sq ara=ar arm=hy aym=ay aze=az baq=eu bih=bho bh=bho bur=my chi=zh cmn=zh cze=cs dari=fa dut=nl eml=egl est=et
fas=fa fil=tl filipino=tl fre=fr ful=ff fulfulde=ff geo=ka ger=de gre=el grn=gn hbs=sr-Latn ice=is in=id iw=he ji=yi
jw=jv kok=gom kur=ku lav=lv lzh=zh mac=mk mao=mi may=ms mlg=mg mo=ro mol=ro mon=mn msa=ms nan=zh-Hant nep=ne
no=nb nor=nb norwegian=nb ori=or orm=om per=fa prs=fa pus=ps que=qu rum=ro sh=sr-Latn slo=sk sqi=sq swa=sw tib=bo
tgl=tl twi=ak tw=ak uzb=uz wel=cy wuu=zh yid=yi zho=zh bokmål=nb nynorsk=nn burmese=my farsi=fa
bre=br cos=co fry=fy glv=gv cor=kw lat=la roh=rm div=dv che=ce chv=cv oss=os aar=aa ava=av kom=kv arg=an ido=io
chinese=zh cantonese=yue mandarin=zh flemish=nl castilian=es moldovan=ro
"""
_ALIASES = dict(_pair.split("=") for _pair in _ALIAS_TABLE.split())
_ISO = {value[:3]: code for code, value in _FLORES.items() if value[0] != "-" and code[:2] != "zh"}
_BY_NAME = {name.casefold(): code for code, name in _NAMES.items() if code != UNKNOWN}
_TRADITIONAL = {"hant", "tw", "hk", "mo", "cht", "traditional"}
_SIMPLIFIED = {"hans", "chs"}

_M2M100_TABLE = """
af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu ha he hi hr ht hu hy id ig
ilo is it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl
so sq sr ss su sv sw ta th tl tn tr uk ur uz vi wo xh yi yo zh zu
"""
M2M100 = tuple(_M2M100_TABLE.split())
"""The codes of M2M-100, in the order of its vocabulary."""


@lru_cache(maxsize=4_096)
def base(language: str) -> str:
    """The primary subtag of a BCP 47 code: `zh` of `zh-Hant`."""
    return language.split("-", 1)[0].lower()


def with_wider(code: str) -> tuple[str, ...]:
    """A code and those of the wider languages it is a part of, the narrowest first: `zh-Hant`, then `zh`."""
    parts = code.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@lru_cache(maxsize=4_096)
def normalise(code: str) -> str:
    """The inside form of whatever a page, a file or a person wrote for a language; `und` if it says none known here.

    Chinese without script or region is `zh-Hans`, Norwegian without a standard `nb`.
    """
    text = re.split(r"[.,;]", code.strip(), maxsplit=1)[0].casefold()
    if text in _BY_NAME:
        return _BY_NAME[text]
    base, *rest = re.split(r"[-_@]", text)
    known = _ALIASES.get(base) or (base if base in _NAMES else _ISO.get(base, ""))
    if base in ("zh", "zht", "zhs") or known == "zh":
        traditional = base == "zht" or (not _SIMPLIFIED & {*rest} and bool(_TRADITIONAL & {*rest}))
        return "zh-Hant" if traditional else "zh-Hans"
    if known == "sr" and {"latn", "latin"} & {*rest}:
        return "sr-Latn"
    return known or UNKNOWN


def from_lid176(label: str) -> str:
    """The inside form of a label of fastText's lid.176, whose codes are those of Wikipedias."""
    return {"als": "gsw"}.get(label) or normalise(label)


def lid176(code: str) -> str:
    """The label of lid.176 for a base code; for Serbian that of the Cyrillic one."""
    return {"gsw": "als", "nb": "no"}.get(code, code)


def knows_lid176(code: str) -> bool:
    """Whether lid.176 has a label for the language."""
    return lid176(base(code)) in _LID176


def is_told(code: str) -> bool:
    """Whether lid.176 has a label for the language, or py3langid, which is asked beside it, has."""
    return knows_lid176(code) or base(code) in _BESIDE


# Of the labels of py3langid 0.4, those that lid.176 lacks.
_BESIDE = frozenset((
    "ace", "crh", "dz", "ff", "fo", "ha", "ig", "kab", "ki", "lg", "lij", "ln", "ltg", "nso", "om", "rw", "sn", "st",
    "xh", "zu",
))  # fmt: skip

# https://fasttext.cc/docs/en/language-identification.html
_LID176 = frozenset((
    "af", "als", "am", "an", "ar", "arz", "as", "ast", "av", "az", "azb", "ba", "bar", "bcl", "be", "bg", "bh",
    "bn", "bo", "bpy", "br", "bs", "bxr", "ca", "cbk", "ce", "ceb", "ckb", "co", "cs", "cv", "cy", "da", "de",
    "diq", "dsb", "dty", "dv", "el", "eml", "en", "eo", "es", "et", "eu", "fa", "fi", "fr", "frr", "fy", "ga", "gd",
    "gl", "gn", "gom", "gu", "gv", "he", "hi", "hif", "hr", "hsb", "ht", "hu", "hy", "ia", "id", "ie", "ilo", "io",
    "is", "it", "ja", "jbo", "jv", "ka", "kk", "km", "kn", "ko", "krc", "ku", "kv", "kw", "ky", "la", "lb", "lez",
    "li", "lmo", "lo", "lrc", "lt", "lv", "mai", "mg", "mhr", "min", "mk", "ml", "mn", "mr", "mrj", "ms", "mt",
    "mwl", "my", "myv", "mzn", "nah", "nap", "nds", "ne", "new", "nl", "nn", "no", "oc", "or", "os", "pa", "pam",
    "pfl", "pl", "pms", "pnb", "ps", "pt", "qu", "rm", "ro", "ru", "rue", "sa", "sah", "sc", "scn", "sco", "sd",
    "sh", "si", "sk", "sl", "so", "sq", "sr", "su", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "tt",
    "tyv", "ug", "uk", "ur", "uz", "vec", "vep", "vi", "vls", "vo", "wa", "war", "wuu", "xal", "xmf", "yi", "yo",
    "yue", "zh",
))  # fmt: skip


def english_name(code: str) -> str:
    """Its English name as it stands in a sentence: `Korean`, `Traditional Chinese`."""
    return _NAMES[normalise(code)]


@lru_cache(maxsize=4_096)
def script(code: str) -> str:
    """ISO 15924 code of the script it is written in: `Latn`, `Hant`, `Jpan`; `Zyyy` for `und`."""
    code = normalise(code)
    return "Zyyy" if code == UNKNOWN else _FLORES[code].partition("_")[2] or "Latn"


def direction(code: str) -> str:
    """`rtl` or `ltr`, as HTML's `dir` wants it."""
    return "rtl" if script(code) in ("Arab", "Hebr", "Thaa") else "ltr"


def writes_without_spaces(code: str) -> bool:
    """True where words are not parted by spaces, so that text is measured in characters."""
    return script(code) in ("Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt")


def flores(code: str) -> str:
    """FLORES-200 and NLLB.

    Raises:
        LanguageError: they have no such language.
    """
    found = _FLORES[normalise(code)]
    return _supported(code, found, "FLORES-200 and NLLB", not found.startswith("-"))


def m2m100(code: str) -> str:
    """M2M-100.

    Raises:
        LanguageError: the model was not trained on it.
    """
    base = _base(code)
    found = {"nb": "no", "nn": "no", "nso": "ns"}.get(base, base)
    return _supported(code, found, "M2M-100", found in M2M100)


def firefox(code: str) -> str:
    """Firefox Translations, whose plain `zh` is simplified.

    Raises:
        LanguageError: the language is `und`.
    """
    found = normalise(code)
    return _supported(code, {"zh-Hans": "zh", "sr-Latn": "sr"}.get(found, found), "Firefox", found != UNKNOWN)


def opus(code: str) -> str:
    """OPUS-MT, as in `opus-mt-zh-en`.

    Raises:
        LanguageError: the language is `und`.
    """
    found = _base(code)
    return _supported(code, found, "OPUS-MT", found != UNKNOWN)


def _base(code: str) -> str:
    return normalise(code).partition("-")[0]


def _supported(code: str, found: str, scheme: str, supported: bool) -> str:
    if not supported:
        raise LanguageError(f"{english_name(code)} ({code}) has no code in {scheme}")
    return found
