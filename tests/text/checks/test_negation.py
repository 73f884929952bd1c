import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.checks.negation import check_negation
from pipeline.text.judged import Judged

RIGHT, WRONG = "The minister did not answer the question.", "The minister answered the question."
PAIRS = [
    ("zh-Hans", "部长没有回答记者的问题。", RIGHT, WRONG),
    ("zh-Hant", "部長沒有回答記者的問題。", RIGHT, WRONG),
    ("zh-Hans", "部长拒绝说明，银行并非国有。", "The bank is not state-owned.", "The bank is state-owned."),
    ("zh-Hant", "部長不接受這個提案。", "The minister does not accept the plan.", "The minister accepts the plan."),
    (
        "ko",
        "장관은 대답하지 않지만 은행은 열려 있다.",
        "The minister does not answer, but the bank is open.",
        "The minister answers, and the bank is open.",
    ),
    ("fr", "Le ministre a choisi de ne pas répondre.", RIGHT, "Unfortunately the minister chose to answer."),
    ("hi", "मंत्री ने कहा कि वह जवाब न देंगे।", "The minister said he would not answer.", "He said he would answer."),
    ("ja", "大臣は質問に答えなかった。", RIGHT, WRONG),
    ("ko", "장관은 질문에 대답하지 않았다.", RIGHT, WRONG),
    ("vi", "Bộ trưởng không trả lời câu hỏi.", RIGHT, WRONG),
    ("de", "Der Minister hat die Frage nicht beantwortet.", RIGHT, WRONG),
    ("fr", "Le ministre n'a pas répondu à la question.", RIGHT, WRONG),
    ("es", "El ministro nunca respondió a la pregunta.", RIGHT, WRONG),
    ("pt", "O ministro não respondeu à pergunta.", RIGHT, WRONG),
    ("it", "Il ministro non ha risposto alla domanda.", RIGHT, WRONG),
    ("ru", "Министр не ответил на вопрос.", RIGHT, WRONG),
    ("ar", "لم يرد الوزير على السؤال.", RIGHT, WRONG),
    ("hi", "मंत्री ने सवाल का जवाब नहीं दिया।", RIGHT, WRONG),
    ("id", "Menteri itu tidak menjawab pertanyaan.", RIGHT, WRONG),
    ("th", "รัฐมนตรีไม่ได้ตอบคำถาม", RIGHT, WRONG),
    ("sv", "Ministern svarade inte på frågan.", RIGHT, WRONG),
    ("sw", "Waziri hakujibu swali hilo.", RIGHT, WRONG),
    ("tl", "Hindi sinagot ng ministro ang tanong.", RIGHT, WRONG),
    ("sw", "Mawaziri hawajajibu swali hilo.", RIGHT, WRONG),
    (
        "tr",
        "Bakanın bu konuda bir bilgisi yoktu.",
        "The minister had no knowledge of this.",
        "The minister had knowledge of this.",
    ),
]


@pytest.mark.parametrize(("language", "source", "right", "wrong"), PAIRS)
def test_a_lost_negation(language: str, source: str, right: str, wrong: str) -> None:
    assert check_negation(Judged(source, language, right)) == []
    (doubt,) = check_negation(Judged(source, language, wrong))
    assert doubt.kind == "negation-changed"


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("zh-Hans", "部长回答了记者的问题。", "The minister did not answer the question."),
        ("de", "Der Minister beantwortete die Frage.", "The minister never answered the question."),
        ("ru", "Министр ответил на вопрос.", "The minister did not answer the question."),
        ("tl", "Sinagot ng ministro ang tanong.", "The minister did not answer the question."),
        ("sw", "Waziri alijibu swali hilo hadharani.", "The minister did not answer the question in public."),
    ],
)
def test_a_negation_made_up(language: str, source: str, english: str) -> None:
    (doubt,) = check_negation(Judged(source, language, english))
    assert doubt.kind == "negation-changed"


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("zh-Hans", "不过，他非常高兴。", "However, he is very happy."),
        ("vi", "giúp giảm chi phí xuống gần bằng không", "helps push expenses down close to zero"),
        ("ja", "確認されているのは約34個にすぎません。", "Only about 34 are confirmed."),
        ("zh-Hans", "不仅价格上涨，需求也在上升。", "Prices rose, and demand went up as well."),
        ("zh-Hans", "不少无线电爱好者展望未来。", "Many radio enthusiasts look to the future."),
        ("zh-Hans", "他无法参加。", "He was unable to attend."),
        ("ja", "政府は対応しなければならない。", "The government has to respond."),
        ("ko", "정부는 대응할 수밖에 없었다.", "The government was forced to respond."),
        ("vi", "Hàng không Việt Nam tăng trưởng.", "Vietnamese aviation grew."),
        ("de", "Nicht nur die Preise stiegen.", "Prices were one thing that rose."),
        ("tl", "Marunong siya ng wikang Hindi.", "He knows the language of Delhi."),
        ("fr", "Il n'y a que trois candidats.", "There are three candidates."),
        ("ko", "얼마 지나지 않아 보고서를 발표했다.", "Soon it published a report."),
        ("vi", "Các vùng chẳng hạn như Trung Quốc, một kỷ lục chưa từng có.", "Regions such as China, a new record."),
        ("id", "Tak lama kemudian laporan itu terbit.", "Soon after, the report was published."),
        ("ar", "لا يزال الوزير في منصبه.", "The minister remains in office."),
        ("ko", "제안된 법안이 통과됐다.", "The proposed bill passed."),
        ("zh-Hans", "票价取决于距离。", "The fare depends on whether or not it is far."),
        ("en", "He did not go.", "He went."),
        ("xx", "abc", "He did not go."),
        ("de", "Ist das nicht schön?", "Is this beautiful?"),
    ],
)
def test_words_that_hold_a_negation_and_are_none(language: str, source: str, english: str) -> None:
    assert check_negation(Judged(source, language, english)) == []


@given(st.sampled_from([pair[0] for pair in PAIRS] + ["", "xx"]), st.text(), st.text())
def test_never_raises(language: str, source: str, english: str) -> None:
    check_negation(Judged(source, language, english))


@pytest.mark.parametrize(
    ("language", "source"), [("zh-Hans", "我们从未来回到现在。"), ("zh-Hant", "我們從未來回到現在。")]
)
def test_from_the_future_is_not_never(language: str, source: str) -> None:
    assert check_negation(Judged(source, language, "We return from the future to the present.")) == []


@pytest.mark.parametrize(
    "said",
    ["impossible", "incorrect", "inaccurate", "incomplete", "inefficient", "irrelevant", "illegal", "irregular"],
)
def test_an_adjective_with_a_negative_prefix_negates(said: str) -> None:
    assert check_negation(Judged("Das ist nicht so.", "de", f"This is {said}.")) == []


@pytest.mark.parametrize("said", ["important", "immediate", "international", "included", "initiated", "inspected"])
def test_the_same_letters_are_not_always_a_prefix(said: str) -> None:
    assert check_negation(Judged("Das ist nicht so.", "de", f"This is {said}.")) != []
