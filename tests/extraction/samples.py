"""Dumps of invented pages in several languages and layouts. The lines marked `+` are the article's paragraphs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dump:
    name: str
    page: str
    title: str
    published: str | None = None
    language: str | None = None

    @property
    def text(self) -> str:
        """The page without the marks."""
        return "\n".join(line.removeprefix("+") for line in self.page.strip("\n").split("\n"))

    @property
    def paragraphs(self) -> list[str]:
        return [line[1:].strip() for line in self.page.split("\n") if line.startswith("+")]


ENGLISH = Dump(
    name="en: menu, byline, related list, footer",
    title="Ferry service to northern islands resumes after week of storms",
    published="2024-03-12",
    page="""
Skip to content
Menu
News
Sport
Weather
Opinion
Subscribe
Home > News > Transport
Ferry service to northern islands resumes after week of storms
By Ellen Tarbuck
12 March 2024
Share
Facebook
Twitter
+Ferries to the northern islands were running again on Tuesday, a week after storms closed the harbour at Port Wick.
+The operator said 14 crossings were planned and that stranded lorries would have priority.
+Harbour still damaged
+"We have not seen waves like this in thirty years," said harbour master Iain Cole. "The east pier will need months."
+Repairs are expected to cost £2.3 million, the council said.
Related articles
Council to vote on harbour levy
Storm season explained
Five ways to cook a herring
Advertisement
About us
Contact
Privacy policy
© 2024 The Northern Post. All rights reserved.
""",
)

JAPANESE = Dump(
    name="ja: full-width layout, caption, ranking",
    title="県内の水道管更新、費用は想定の1.5倍に　知事が見直し表明",
    published="2025-06-03T18:30:00",
    language="ja",
    page="""
ホーム
地域
経済
スポーツ
県内の水道管更新、費用は想定の1.5倍に　知事が見直し表明
2025年6月3日 18時30分
シェア
老朽化した水道管の交換作業（写真：県提供）
+県は3日、老朽化した水道管の更新にかかる費用が当初想定の1.5倍にあたる約480億円に膨らむとの見通しを明らかにした。
+資材価格の高騰と人手不足が主な要因で、知事は記者会見で「計画を抜本的に見直す」と述べた。
+県によると、更新が必要な水道管は約620キロに上る。完了時期は2年遅れ、2034年度になる見込みだ。
+「値上げは避けたい」
+市民団体の代表は「家計への影響が大きい。値上げの前に説明を尽くしてほしい」と話している。
関連記事
水道料金、来春から改定へ
老朽インフラをどうする
アクセスランキング
夏祭り、4年ぶりに開催
駅前の再開発が本格化
無断転載を禁じます
""",
)

ARABIC = Dump(
    name="ar: right to left, date in Arabic digits",
    title="افتتاح خط القطار السريع بين المدينتين الساحليتين بعد تأخير دام عامين",
    published="2024-11-05",
    language="ar",
    page="""
الرئيسية
سياسة
اقتصاد
رياضة
افتتاح خط القطار السريع بين المدينتين الساحليتين بعد تأخير دام عامين
٥ نوفمبر ٢٠٢٤
شارك
+افتتح وزير النقل يوم الثلاثاء خط القطار السريع الذي يربط بين المدينتين الساحليتين، بعد تأخير دام عامين.
+وقال الوزير إن الخط الجديد سينقل نحو ١٢ ألف راكب يوميا، مضيفا أن المرحلة الثانية ستبدأ في الربيع المقبل.
+هل تنخفض أسعار التذاكر؟
+وأعربت جمعيات المستهلكين عن قلقها من أسعار التذاكر، لكن الوزارة أكدت أنها ستبقى ثابتة حتى نهاية العام.
اقرأ أيضا
ارتفاع أسعار الوقود
خطة جديدة للنقل العام
جميع الحقوق محفوظة
""",
)

RUSSIAN = Dump(
    name="ru: a widget inside the article, byline behind it",
    title="Мост через реку закроют на ремонт до конца осени",
    published="2024-08-19T09:40:00",
    language="ru",
    page="""
Главная
Новости
Общество
Происшествия
Мост через реку закроют на ремонт до конца осени
19 августа 2024, 09:40
Фото: пресс-служба мэрии
+Движение по старому мосту через реку будет закрыто с понедельника, сообщили в городской администрации.
+Ремонт продлится до конца ноября, его стоимость оценивается в 340 миллионов рублей.
Читайте также: Трамваи вернутся на набережную
+По словам главного инженера, опоры моста изношены на 70 процентов. «Откладывать работы больше нельзя», — сказал он.
+Автобусы пойдут в объезд, а пешеходам оставят узкий проход вдоль северной стороны.
Автор: Марина Кольцова
Поделиться
По теме
Новый маршрут откроют в мае
Цены на проезд вырастут
Все права защищены
""",
)

THAI = Dump(
    name="th: prose without full stops, Buddhist year",
    title="ชาวประมงภาคใต้เรียกร้องรัฐเร่งแก้ปัญหาราคาน้ำมันแพง",
    published="2025-02-14",
    language="th",
    page="""
หน้าแรก
การเมือง
เศรษฐกิจ
กีฬา
บันเทิง
ชาวประมงภาคใต้เรียกร้องรัฐเร่งแก้ปัญหาราคาน้ำมันแพง
14 กุมภาพันธ์ 2568
แชร์
+กลุ่มชาวประมงพื้นบ้านจากห้าจังหวัดภาคใต้รวมตัวกันหน้าศาลากลางเมื่อวันศุกร์ เพื่อเรียกร้องให้รัฐบาลเร่งแก้ไขปัญหาราคาน้ำมันที่เพิ่มขึ้นกว่าร้อยละ 20 ในรอบปี
+ตัวแทนกลุ่มกล่าวว่า เรือประมงขนาดเล็กกว่าครึ่งต้องจอดอยู่กับท่า เพราะรายได้จากการขายปลาไม่พอกับค่าใช้จ่าย และหลายครอบครัวเริ่มมีหนี้สินเพิ่มขึ้น
+ผู้ว่าราชการจังหวัดรับหนังสือร้องเรียน และรับปากว่าจะส่งเรื่องให้กระทรวงที่เกี่ยวข้องพิจารณาภายในสองสัปดาห์
ข่าวที่เกี่ยวข้อง
ราคาน้ำมันวันนี้
เตือนคลื่นลมแรง
สงวนลิขสิทธิ์
""",
)

SPANISH = Dump(
    name="es: interview, questions as own lines",
    title="«Plantar árboles no basta si nadie los riega»",
    published="2023-10-07",
    language="es",
    page="""
Inicio
Actualidad
Cultura
Deportes
«Plantar árboles no basta si nadie los riega»
Por Lucía Ferrer
7 de octubre de 2023
Compartir
+La ingeniera forestal Ana Belmonte dirige desde hace diez años el plan de reforestación de la sierra.
+¿Cuántos árboles sobreviven?
+De cada diez, seis. El primer verano es decisivo y los voluntarios no pueden subir agua todas las semanas.
+¿Y qué propone?
+Menos árboles y mejor cuidados. También especies que aguanten la sequía, como el algarrobo.
+¿Lo entiende la administración?
+Empieza a entenderlo.
Noticias relacionadas
La sierra pierde un tercio de sus manantiales
Voluntarios de toda la comarca limpian el río
Todos los derechos reservados
""",
)

HINDI = Dump(
    name="hi: danda, repeated headline, bulleted menu",
    title="पहाड़ी जिलों में भारी बारिश से सड़कें बंद, स्कूलों में छुट्टी घोषित",
    published="2024-07-09",
    language="hi",
    page="""
• होम
• देश
• विदेश
• खेल
पहाड़ी जिलों में भारी बारिश से सड़कें बंद, स्कूलों में छुट्टी घोषित
9 जुलाई 2024
+राज्य के तीन पहाड़ी जिलों में लगातार दो दिन की बारिश के बाद मंगलवार को दर्जनों सड़कें बंद हो गईं।
+प्रशासन ने बताया कि मलबा हटाने के लिए 40 टीमें लगाई गई हैं और स्कूलों में दो दिन की छुट्टी घोषित की गई है।
+मौसम विभाग के अनुसार गुरुवार तक बारिश जारी रहने की संभावना है।
यह भी पढ़ें
मौसम का हाल
पहाड़ी जिलों में भारी बारिश से सड़कें बंद, स्कूलों में छुट्टी घोषित
किसानों के लिए नई योजना
सर्वाधिकार सुरक्षित
""",
)

WIRE = Dump(
    name="en: short wire story, one paragraph",
    title="Central bank of Norland holds rates",
    published="2025-01-23T10:02:00+00:00",
    page="""
Markets
Currencies
Commodities
Bonds
Central bank of Norland holds rates
2025-01-23 10:02 GMT
+NORDHAVN - The central bank of Norland left its key rate at 3.25 percent on Thursday, as expected by all analysts.
Terms of use
Cookies
""",
)

GERMAN_LIST = Dump(
    name="de: bulleted list in the article, comments behind it",
    title="Stadtrat beschließt Sparpaket für die Bäder",
    published="2024-05-02T16:45:00",
    language="de",
    page="""
Startseite
Lokales
Kultur
Stadtrat beschließt Sparpaket für die Bäder
Von Jana Petersen
02.05.2024, 16:45 Uhr
+Der Stadtrat hat am Donnerstag mit knapper Mehrheit ein Sparpaket für die drei städtischen Bäder beschlossen.
+Konkret sind drei Schritte geplant:
+• Das Freibad schließt künftig eine Woche früher
+• Die Sauna im Nordbad bleibt montags zu
+• Der Eintritt steigt um 50 Cent
+Die Opposition sprach von einem Kahlschlag. „Wer so spart, zahlt später doppelt“, sagte Fraktionschefin Ute Brand.
Mehr zum Thema
Freibad startet in die Saison
Nordbad bekommt neues Dach
Kommentare
Anmelden
Registrieren
Alle Rechte vorbehalten
""",
)

CHINESE = Dump(
    name="zh-Hans: long menu, two headlines in a side list with exclamation marks",
    title="长江中游三省联合开展江豚保护巡查行动",
    published="2024-04-16",
    language="zh",
    page="""
首页
国内
国际
财经
体育
长江中游三省联合开展江豚保护巡查行动
来源：江城晚报 2024年04月16日
分享到微信
+4月15日起，长江中游三个省份的渔政部门联合开展为期一个月的江豚保护巡查行动，重点打击非法捕捞。
+据了解，此次行动共投入巡查船只86艘、执法人员500余名，并首次使用无人机进行夜间监测。
+专家表示，近年来江豚种群数量有所回升，但栖息地碎片化问题仍然突出，保护工作不能放松。
责任编辑：周敏
热门新闻
震惊！这座小城一夜之间火了！
太美了！春天的第一场花海来了！
版权所有 江城晚报
""",
)

FRENCH = Dump(
    name="fr: cookie notice, a question as headline, newsletter pitch",
    title="Pourquoi les vendanges ont-elles commencé si tôt cette année ?",
    published="2023-08-24T18:12:00",
    language="fr",
    page="""
Nous utilisons des cookies pour améliorer votre expérience. Vous pouvez accepter ou refuser ces cookies à tout moment.
Accepter
Refuser
Le Courrier du Lac
Actualités
Économie
Culture
Se connecter
Pourquoi les vendanges ont-elles commencé si tôt cette année ?
Publié le 24 août 2023 à 18h12 - Mis à jour le 25 août 2023 à 09h00
Temps de lecture : 3 min
+Les vendanges ont débuté mardi dans plusieurs communes riveraines, avec près de trois semaines d'avance.
+« Nous n'avions pas le choix », explique Paul Rochat, vigneron. La chaleur de juillet a fait grimper les taux de sucre.
+Selon le canton, la récolte sera inférieure de 12 % à celle de 2022.
Lire aussi : Le gel de printemps a épargné les vignes
+La qualité, elle, s'annonce excellente.
À découvrir
Le meilleur du vélo électrique
Nos jeux du jour
Newsletter
Recevez chaque matin l'essentiel de l'actualité. En vous inscrivant, vous acceptez les conditions.
S'inscrire
Mentions légales
""",
)

KOREAN = Dump(
    name="ko: two dates, caption with a triangle, ranking",
    title="시골 학교 살린 '농촌 유학'…학생 수 3년 만에 두 배",
    published="2024-03-05T09:12:00",
    language="ko",
    page="""
본문 바로가기
정치
경제
사회
시골 학교 살린 '농촌 유학'…학생 수 3년 만에 두 배
입력 2024.03.05. 오전 9:12
수정 2024.03.05. 오전 11:40
김하늘 기자
글자크기
▲ 지난 4일 입학식에서 신입생들이 손을 흔들고 있다. 사진=교육청 제공
+폐교 위기에 몰렸던 산골 초등학교가 '농촌 유학' 덕분에 다시 북적이고 있다.
+4일 교육청에 따르면 이 학교 학생 수는 3년 전 21명에서 올해 43명으로 늘었다.
+교장 박모 씨는 "아이들 웃음소리가 마을을 바꿨다"고 말했다.
+다만 주거 공간이 부족해 추가 유치가 쉽지 않다는 지적도 나온다.
김하늘 기자 sky@example.kr
저작권자 © 산촌일보 무단전재 및 재배포 금지
많이 본 기사
1 봄꽃 축제 개막
2 군수, 예산안 설명
""",
)

VIETNAMESE = Dump(
    name="vi: date of the visit in the masthead, caption in the text, tags",
    title="Hà Nội thí điểm cho thuê xe đạp công cộng tại 5 quận nội thành",
    published=None,
    language="vi",
    page="""
Thứ sáu, 7/6/2024 | 14:05 GMT+7
Thời sự
Kinh doanh
Giải trí
Pháp luật
Hà Nội thí điểm cho thuê xe đạp công cộng tại 5 quận nội thành
+Từ tháng 8, người dân có thể thuê xe đạp tại 120 trạm với giá 5.000 đồng cho 30 phút đầu tiên.
+Sở Giao thông Vận tải cho biết dự án do doanh nghiệp đầu tư, thành phố không chi ngân sách.
Người dân thử xe đạp tại phố Trần Nhân Tông sáng 7/6. Ảnh: Lê Minh
+TS. Nguyễn Văn Bình, chuyên gia giao thông, cho rằng cần làm đường riêng cho xe đạp trước khi mở rộng.
Lê Minh
Từ khóa:
xe đạp công cộng
giao thông Hà Nội
Ý kiến (12)
Tin cùng chuyên mục
Đường sắt đô thị tăng chuyến
""",
)

WIDGET = Dump(
    name="zh-Hant: related headlines inside the text",
    title="離島醫療專機明年增為三架 衛福部核定經費",
    published="2024-11-20",
    language="zh-Hant",
    page="""
最新
政治
生活
離島醫療專機明年增為三架 衛福部核定經費
2024/11/20
+衛福部今天宣布，離島醫療專機自明年起將由兩架增為三架，每年經費約新台幣4億2000萬元。
+澎湖縣政府表示，去年共後送病患312人次，其中近三成在夜間執行。
延伸閱讀
離島航班元旦起調整時刻
遠距醫療站點再增十處
+衛福部指出，新增的專機將常駐馬公機場，預計可縮短平均等候時間約40分鐘。
+地方民眾樂見其成，但也盼望能同時補足專科醫師人力。
版權所有，未經許可不得轉載
""",
)

DUMPS = (
    FRENCH,
    KOREAN,
    VIETNAMESE,
    WIDGET,
    ENGLISH,
    JAPANESE,
    ARABIC,
    RUSSIAN,
    THAI,
    SPANISH,
    HINDI,
    WIRE,
    GERMAN_LIST,
    CHINESE,
)
