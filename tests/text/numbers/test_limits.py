import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.judged import Judged
from pipeline.text.numbers.limits import check_limits

LEAST, MOST = "At least 40 people were hurt.", "Fewer than 40 people were hurt."
# By language "at least", "more than" and their like, then "less than", "at most" and theirs.
SENTENCES = [
    ("zh-Hans", ("至少40人受伤。", "超过40人受伤。", "40人以上受伤。", "不少于40人受伤。"),
     ("不到40人受伤。", "受伤者不超过40人。", "受伤者不会超过40人。", "少于40人受伤。")),
    ("zh-Hant", ("至少40人受傷。", "逾40人受傷。", "受傷者超過40人。"), ("不足40人受傷。", "受傷者未超過40人。")),
    ("ja", ("少なくとも40人が負傷した。", "40人以上が負傷した。", "負傷者は40人を超えた。"),
     ("負傷者は40人未満だ。", "負傷者は最大40人だ。", "負傷者は40人以下だ。")),
    ("ko", ("최소 40명이 다쳤다.", "40명 이상이 다쳤다.", "40명이 넘는 사람이 다쳤다."),
     ("40명 미만이 다쳤다.", "최대 40명이 다쳤다.", "40명 이하가 다쳤다.")),
    ("vi", ("Ít nhất 40 người bị thương.", "Hơn 40 người bị thương.", "Không dưới 40 người bị thương."),
     ("Chưa đến 40 người bị thương.", "Dưới 40 người bị thương.", "Không quá 40 người bị thương.",
      "Ít hơn 40 người bị thương.")),
    ("de", ("Mindestens 40 Menschen wurden verletzt.", "Nicht weniger als 40 Menschen wurden verletzt."),
     ("Höchstens 40 Menschen wurden verletzt.", "Nicht mehr als 40 Menschen wurden verletzt.")),
    ("fr", ("Au moins 40 personnes ont été blessées.", "Plus de 40 personnes ont été blessées."),
     ("Moins de 40 personnes ont été blessées.", "Pas plus de 40 personnes ont été blessées.")),
    ("es", ("Al menos 40 personas resultaron heridas.", "Más de 40 personas."),
     ("Menos de 40 personas.", "No más de 40.")),
    ("pt", ("Pelo menos 40 pessoas ficaram feridas.", "Mais de 40 pessoas."),
     ("Menos de 40 pessoas.", "No máximo 40.")),
    ("it", ("Almeno 40 persone sono rimaste ferite.", "Più di 40 persone."), ("Meno di 40 persone.", "Al massimo 40.")),
    ("nl", ("Minstens 40 mensen raakten gewond.", "Meer dan 40 mensen."),
     ("Minder dan 40 mensen.", "Niet meer dan 40.")),
    ("ru", ("Не менее 40 человек пострадали.", "Более 40 человек."), ("Менее 40 человек.", "Не более 40 человек.")),
    ("uk", ("Щонайменше 40 людей постраждали.", "Понад 40 людей."), ("Менше 40 людей.", "Не більше 40 людей.")),
    ("pl", ("Co najmniej 40 osób zostało rannych.", "Ponad 40 osób."),
     ("Mniej niż 40 osób.", "Nie więcej niż 40 osób.")),
    ("tr", ("En az 40 kişi yaralandı.", "40'tan fazla kişi yaralandı."), ("En fazla 40 kişi.", "40'tan az kişi.")),
    ("ar", ("أصيب ما لا يقل عن 40 شخصا.", "أصيب أكثر من 40 شخصا.", "أصيب 40 شخصا على الأقل."),
     ("أصيب أقل من 40 شخصا.", "أصيب ما لا يزيد عن 40 شخصا.")),
    ("hi", ("कम से कम 40 लोग घायल हुए।", "40 से अधिक लोग घायल हुए।"),
     ("40 से कम लोग घायल हुए।", "अधिकतम 40 लोग घायल हुए।")),
    ("id", ("Setidaknya 40 orang terluka.", "Lebih dari 40 orang."),
     ("Kurang dari 40 orang.", "Tidak lebih dari 40 orang.")),
    ("tl", ("Hindi bababa sa 40 tao ang nasugatan.", "Mahigit 40 tao ang nasugatan.", "Higit sa 40 tao ang nasugatan."),
     ("Wala pang 40 tao ang nasugatan.", "Hindi hihigit sa 40 tao ang nasugatan.", "Hanggang 40 tao ang nasugatan.")),
    ("sw", ("Angalau watu 40 walijeruhiwa.", "Zaidi ya watu 40 walijeruhiwa.", "Si chini ya watu 40 walijeruhiwa."),
     ("Chini ya watu 40 walijeruhiwa.", "Si zaidi ya watu 40 walijeruhiwa.", "Hadi watu 40 walijeruhiwa.",
      "Watu wasiozidi 40 walijeruhiwa.")),
    ("th", ("มีผู้บาดเจ็บอย่างน้อย 40 คน", "มีผู้บาดเจ็บมากกว่า 40 คน", "มีผู้บาดเจ็บไม่ต่ำกว่า 40 คน"),
     ("มีผู้บาดเจ็บไม่เกิน 40 คน", "มีผู้บาดเจ็บไม่ถึง 40 คน", "มีผู้บาดเจ็บน้อยกว่า 40 คน")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "source", "right", "wrong"),
    [
        (language, source, right, wrong)
        for language, least, most in SENTENCES
        for sources, right, wrong in ((least, LEAST, MOST), (most, MOST, LEAST))
        for source in sources
    ],
)
def test_the_sense_of_a_limit(language: str, source: str, right: str, wrong: str) -> None:
    assert check_limits(Judged(source, language, right)) == []
    assert [doubt.kind for doubt in check_limits(Judged(source, language, wrong))] == ["limit-changed"]


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("至少40人受伤。", "No fewer than 40 people were hurt."),
        ("至少40人受伤。", "As many as 40 people were hurt."),
        ("至少40人受伤。", "40 people were hurt."),
        ("40人受伤。", "Fewer than 40 people were hurt."),
        ("至少40人，不到60人。", "At least 40 and fewer than 60 people."),
        ("不到2万人。", "Fewer than 20,000 people."),
        ("至少40人受伤。", "At least 40 people under 60 were hurt."),
    ],
)
def test_what_is_no_change(source: str, english: str) -> None:
    assert check_limits(Judged(source, "zh-Hans", english)) == []


def test_scales_and_currencies_stand_between() -> None:
    (doubt,) = check_limits(Judged("至少2万美元。", "zh-Hans", "Less than US$20,000."))
    assert doubt.detail == "at least 20,000 is “at most” in the English"


@given(st.text(), st.text(), st.sampled_from(["zh-Hans", "ja", "ar", "de", "xx", ""]))
def test_never_raises(source: str, english: str, language: str) -> None:
    check_limits(Judged(source, language, english))
