"""Where the article stands in a dump: invented pages of kinds met in the press, each in several languages."""

from dataclasses import dataclass

import pytest

from pipeline.extraction.dump import read_dump


@dataclass(frozen=True)
class Story:
    title: str
    lead: str
    text: tuple[str, ...]
    menu: tuple[str, ...]
    others: tuple[str, ...]
    """Headlines of other articles."""
    pitch: tuple[str, ...]
    next_title: str
    next_text: tuple[str, ...]


DE = Story(
    "Fähre Lotte legt in Brakel zum letzten Mal ab",
    "Nach siebzig Jahren endet der Dienst der Fähre Lotte auf der Weser bei Brakel.",
    (
        "Die alte Fähre Lotte ist am Montag zum letzten Mal über die Weser gefahren, siebzig Jahre nach ihrer Taufe.",
        "Rund zweihundert Menschen kamen in Brakel an den Anleger, und Kapitän Olde ließ die Kinder noch einmal tuten.",
        "Künftig fährt der ganze Verkehr über die Brücke bei Hagen, zwei Kilometer entfernt, so der Rat in Brakel.",
        "Die Gemeinde Brakel will die Lotte an Land setzen und zu einem Museum machen, wie Kapitän Olde berichtet.",
        "Wer mit Olde über die Weser gefahren ist, soll dort seine Erinnerungen erzählen können, heißt es in Brakel.",
        "Im Frühjahr soll das Museum öffnen, und die Lotte bekommt bis dahin in Hagen einen neuen Anstrich.",
    ),
    ("Startseite", "Lokales", "Kultur", "Sport", "Wetter", "Anzeigen"),
    ("Radweg nach Süden bleibt gesperrt", "Bäckerei am Markt sucht Nachfolger", "Chor probt wieder in der alten Aula",
     "Neuer Spielplatz hinter der Schule", "Flohmarkt lockt Hunderte an"),
    ("Mit unserem Brief am Morgen wissen Sie, was der Tag bringt, kostenlos und werktags um sechs in Ihrem Postfach.",
     "Sie können den Brief jederzeit mit einem Klick wieder abbestellen, ohne Angabe von Gründen und ohne Kosten."),
    "Handballer gewinnen knapp gegen Vechta",
    (
        "Die Handballer aus Rulle haben ihr Spiel gegen Vechta am Samstag mit 24 zu 23 gewonnen, vor vollem Haus.",
        "Torwart Behrens hielt in der letzten Minute einen Siebenmeter, und Trainer Kuhn sprach von reinem Glück.",
        "Am Sonntag spielt Rulle bei Tabellenführer Emden, der in dieser Saison noch kein Heimspiel verloren hat.",
        "Behrens hofft auf eine Überraschung in Emden, doch Kuhn muss auf zwei verletzte Spieler verzichten, sagte er.",
    ),
)  # fmt: skip
ES = Story(
    "La barca Lola cruza el Duero en Toro por última vez",
    "Tras setenta años termina el servicio de la barca Lola en el Duero, a su paso por Toro.",
    (
        "La vieja barca Lola cruzó el lunes el Duero por última vez, setenta años después de su botadura en Toro.",
        "Unas doscientas personas fueron al muelle de Toro, y el capitán Prado dejó que los niños tocaran la bocina.",
        "Desde ahora todo el tráfico pasará por el puente de Fresno, a dos kilómetros, según el alcalde de Toro.",
        "El pueblo quiere sacar a la Lola del Duero y hacer de ella un pequeño museo, según contó el capitán Prado.",
        "Quien haya cruzado el Duero con Prado podrá dejar allí grabados sus recuerdos, dicen en el muelle de Toro.",
        "El museo abrirá en primavera, y hasta entonces la Lola recibirá una mano de pintura en el taller de Fresno.",
    ),
    ("Portada", "Local", "Cultura", "Deportes", "El tiempo", "Anuncios"),
    ("El carril bici del sur sigue cerrado", "La panadería de la plaza busca relevo", "El coro ensaya otra vez",
     "Nuevo parque infantil tras la escuela", "El rastro atrae a cientos de vecinos"),
    ("Con nuestra carta de la mañana sabrá usted qué trae el día, gratis y a las seis, todos los días laborables.",
     "Puede darse de baja de la carta en cualquier momento con un solo clic, sin explicaciones y sin coste alguno."),
    "El balonmano gana por poco al Vigo",
    (
        "El balonmano de Lugo ganó el sábado al Vigo por 24 a 23, con el pabellón de Lugo lleno hasta la última fila.",
        "El portero Castro paró en el último minuto un penalti, y el entrenador Otero habló después de pura suerte.",
        "El domingo el Lugo juega en casa del líder, el Ferrol, que no ha perdido ningún partido ante su público.",
        "Castro espera dar la sorpresa en Ferrol, aunque Otero no podrá contar con dos jugadores lesionados, dijo.",
    ),
)  # fmt: skip
JA = Story(
    "老朽の渡し船「春風丸」、青川で最後の運航",
    "七十年にわたり青川の両岸を結んだ渡し船「春風丸」が月曜日、最後の運航を終えた。",
    (
        "青川の渡し船「春風丸」が月曜日、最後の運航を終えて白浜の桟橋に戻った。就航から七十年になる。",
        "白浜の桟橋には二百人ほどが集まり、船長の森田さんは子どもたちにもう一度汽笛を鳴らさせた。",
        "今後はすべての車が二キロ上流の赤石橋を通ることになると、白浜町の担当者は説明している。",
        "白浜町は「春風丸」を陸に揚げて小さな資料館にする計画で、船長の森田さんも協力するという。",
        "青川を渡った人びとの思い出を録音して資料館で聞けるようにしたいと、森田さんは話している。",
        "資料館は来年の春に開館し、「春風丸」はそれまでに赤石の造船所で塗り直されることになっている。",
    ),
    ("ホーム", "地域", "文化", "スポーツ", "天気", "広告"),
    ("南へ向かう自転車道は閉鎖続く見通し", "駅前のパン屋が後継者を募集している", "合唱団が旧講堂での練習を再開へ",
     "学校の裏に新しい遊び場が完成する", "のみの市に大勢の客が訪れてにぎわう"),
    ("朝の便りを無料でお届けします。平日の午前六時に、その日の予定をまとめてお知らせします。",
     "配信の停止はいつでも一度の操作でできます。理由をお書きいただく必要はなく、費用もかかりません。"),
    "ハンドボール、東海が一点差で勝利",
    (
        "ハンドボールの東海は土曜日、西陵を二十四対二十三で破った。会場の体育館は満員だった。",
        "守護神の小林選手が最後の一分に七メートル投を止め、監督の大木さんは運がよかったと語った。",
        "東海は日曜日に首位の北洋と対戦する。北洋は今季、本拠地での試合でまだ一度も負けていない。",
        "小林選手は番狂わせを狙うと話したが、大木監督は負傷した二人の選手を欠くことになる。",
    ),
)  # fmt: skip
STORIES = pytest.mark.parametrize("story", [DE, ES, JA], ids=["de", "es", "ja"])


def page(story: Story, *below: str) -> str:
    return "\n".join([*(f"* {item}" for item in story.menu), story.title, "21.05.2024", *below])


@STORIES
def test_the_article_goes_on_below_a_box(story: Story) -> None:
    box = [story.menu[0], *story.others, story.menu[1], *story.pitch[:1], story.menu[2]]
    found = read_dump(page(story, *story.text[:3], *box, *story.text[3:]))
    assert found.paragraphs == story.text
    assert found.title == story.title


@STORIES
def test_a_lead_above_a_box(story: Story) -> None:
    box = [*story.others, *story.menu]
    found = read_dump("\n".join([*(f"* {item}" for item in story.menu), story.title, story.lead, *box, *story.text]))
    assert found.paragraphs == (story.lead, *story.text)
    assert found.title == story.title


@STORIES
def test_the_next_article_of_an_endless_page_goes(story: Story) -> None:
    below = [story.menu[0], story.menu[1], story.next_title, *story.next_text]
    assert read_dump(page(story, *story.text, *below)).paragraphs == story.text


@STORIES
def test_an_offer_above_the_text_goes(story: Story) -> None:
    above = [*story.pitch[:1], story.menu[2], story.menu[4]]
    assert read_dump(page(story, *above, *story.text)).paragraphs == story.text


@STORIES
def test_teasers_below_the_text_go(story: Story) -> None:
    teasers = [line for pair in zip(story.others, story.pitch, strict=False) for line in pair]
    assert read_dump(page(story, *story.text, story.menu[3], *teasers)).paragraphs == story.text


@STORIES
def test_a_list_of_the_outlets_offers_is_no_article(story: Story) -> None:
    offers = [line for title in (*story.others, *story.menu[2:]) for line in (title, f"{title} — {story.pitch[0]}")]
    menu = [f"* {item} {number}" for number, item in enumerate(story.menu * 2)]
    found = read_dump(page(story, *story.text[:3], *menu, *offers))
    assert found.paragraphs == story.text[:3]


@STORIES
def test_captions_and_links_between_paragraphs_go_and_a_sub_headline_stays(story: Story) -> None:
    links = [story.others[0], story.others[1], story.others[2]]
    found = read_dump(page(story, *story.text[:3], *links, *story.text[3:]))
    assert found.paragraphs == (*story.text[:3], links[-1], *story.text[3:])


@STORIES
def test_a_list_behind_a_colon_stays(story: Story) -> None:
    listed = [f"{story.menu[0]}:", story.others[0], story.others[1], story.others[2]]
    found = read_dump(page(story, *story.text[:3], *listed, *story.text[3:]))
    assert found.paragraphs == (*story.text[:3], *listed, *story.text[3:])


@STORIES
def test_rows_of_a_table_stay(story: Story) -> None:
    rows = [f"{title}：{number}" for number, title in enumerate(story.menu[:4], 11)]
    found = read_dump(page(story, *story.text[:3], *rows, *story.text[3:]))
    assert found.paragraphs == (*story.text[:3], *rows, *story.text[3:])


@STORIES
def test_the_line_above_a_credit_is_its_caption(story: Story) -> None:
    caption = [story.others[3], "Nina Halvorsen / Getty Images"]
    found = read_dump(page(story, *story.text[:3], *caption, *story.text[3:]))
    assert found.paragraphs == story.text


@STORIES
def test_headlines_that_are_cut_off_are_no_text(story: Story) -> None:
    cut = [f"{title} {other[:20]} ..." for title, other in zip(story.others, story.pitch * 3, strict=False)]
    assert read_dump(page(story, *story.text, story.menu[3], *cut)).paragraphs == story.text
