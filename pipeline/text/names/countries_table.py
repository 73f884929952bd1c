"""Names of the most reported countries and blocs: in English, Chinese and Japanese, Korean, Vietnamese.

`@` before an abbreviation means that it counts only beside another one (한미, 中日); `countries` resolves it.
"""

# English pattern: (Chinese and Japanese, Korean, Vietnamese), each a list of alternatives for a regular expression.
# One Chinese character is enough wherever newspapers abbreviate (美, 韓, 越).
SOURCES: dict[str, tuple[str, str, str]] = {
    r"U\.S\.A?\.?|USA?(?!\$)|United States|Americans?": (
        r"美|米国|米(?=[中日韓朝英軍大政側連朝国議])|[日中韓英対訪在駐反親]米|アメリカ|米|華府|华府|花旗",
        r"미국|@미|(?<![가-힣])미(?= [가-힣]|군|화|측|정부|의회|하원|상원|대선|재무|국무|연준|법원|해군|공군"
        r"|증시)|아메리카|워싱턴|美|트럼프|바이든",
        r"Mỹ|Hoa Kỳ|Washington|Hoa Thịnh Đốn",
    ),
    r"China|Chinese": (
        r"@中|華|华|大陸|大陆|陸|陆|兩岸|两岸|北京|漢|汉|チャイナ|中(?:文|式|藥|药|醫|医|企|資|资|概|東部)",
        r"중국|@중|(?<![가-힣])중 (?=정부|상무|외교|당국)|중화|양안|베이징|中|시진핑",
        r"Trung Quốc|Trung Hoa|TQ|Bắc Kinh|[Nn]gười Hoa|[-–] ?Trung(?! \w)|Trung ?[-–]|Hoa lục",
    ),
    r"Japan(?:ese)?": (
        r"日本|@日|東京|东京|ジャパン|我が国|国内|扶桑|(?<![0-9一二三四五六七八九十])日(?:媒|方|圓|元|幣|币|企"
        r"|資|资|人|語|语|籍|商)|[赴訪访來来駐驻旅對对反親亲]日",
        r"일본|@일|(?<![가-힣])일(?= 정부| 총리|왕| 외무)|日|도쿄|엔화|엔저",
        r"Nhật|Tokyo",
    ),
    r"North Korea(?:ns?)?|DPRK": (
        r"朝|北韓|北韩|平壤|平壌|北朝鮮|北(?=韓|側)",
        r"북한|북|조선|평양|김정은",
        r"Triều|Bắc Hàn|Bình Nhưỡng",
    ),
    r"(?<!North )Korea(?:ns?)?(?! Peninsula)": (
        r"韓|韩|朝鮮|朝鲜|高麗",
        r"한국|한반도|대한|우리|국내|@한|코리아|韓|서울|한인|한류|한식|한글|한은|북한|남북|고려|조선",
        r"Hàn|Triều Tiên|Seoul",
    ),
    r"Taiwan(?:ese)?": (
        r"台|臺|中華民國|中华民国|國人|我國|寶島",
        r"대만|타이완|@대|臺",
        r"Đài Loan|Đài Bắc|Đài",
    ),
    r"Viet ?nam(?:ese)?": (
        r"越|ベトナム|河內|河内",
        r"베트남|월남|@베|하노이|越|호찌민|호치민",
        r"Việt|VN|nước ta|trong nước|Hà Nội|VND|đồng|TPHCM",
    ),
    r"Russians?|Russia|Soviets?": (
        r"俄|露|ロシア|蘇聯|苏联|ソ連|莫斯科",
        r"러|소련|소비에트|모스크바|크렘린|푸틴",
        r"Nga|Xô|Moscow|Moskva|Mát-xcơ-va",
    ),
    r"Ukrain(?:e|ians?)": (
        r"烏|乌|ウクライナ|基輔",
        r"우크라|@우|키이우|젤렌스키",
        r"Ukraine|U-crai-na|Kiev|Kyiv|Ucraina",
    ),
    r"British|Britain|United Kingdom|U\.K\.|UK|England": (
        r"英|イギリス|倫敦|伦敦|不列|イングランド",
        r"영국|@영|잉글랜드|런던|브리튼|브렉시트",
        r"Anh|Luân Đôn|London",
    ),
    r"France|French": (
        r"法|仏|佛|フランス|巴黎",
        r"프랑스|@불|파리|불어|마크롱",
        r"Pháp|Paris",
    ),
    r"German(?:y|s)?": (
        r"德|独|獨|ドイツ|柏林",
        r"독일|@독|베를린",
        r"Đức|Berlin",
    ),
    r"Ital(?:y|ians?)": (
        r"意|伊|義|义|イタリア|羅馬",
        r"이탈리아|이태리|@이|로마",
        r"Ý|Italy|Italia|Rome",
    ),
    r"Spain|Spanish|Spaniards?": (
        r"西班牙|スペイン|西",
        r"스페인|마드리드|에스파냐",
        r"Tây Ban Nha",
    ),
    r"(?<!West )Indians?(?! Ocean)|India": (
        r"印|天竺|インド",
        r"인도|@인|뉴델리|모디",
        r"Ấn",
    ),
    r"Pakistan(?:is?)?": (
        r"巴|パキスタン",
        r"파키스탄",
        r"Pakistan|Pa-ki-xtan",
    ),
    r"Iran(?:ians?)?": (
        r"伊|イラン|德黑蘭",
        r"이란|테헤란",
        r"Iran|I-ran|Tehran",
    ),
    r"Iraq(?:is?)?": (
        r"伊|イラク",
        r"이라크",
        r"Iraq|I-rắc",
    ),
    r"Israel(?:is?)?": (
        r"以|イスラエル|猶太|犹太",
        r"이스라엘|@이|텔아비브|네타냐후|유대",
        r"Israel|I-xra-en|Do Thái",
    ),
    r"Palestin(?:e|ians?)": (
        r"巴|パレスチナ|加薩|加沙|ガザ",
        r"팔레스타인|@팔|가자",
        r"Palestine|Pa-le-xtin|Gaza",
    ),
    r"Saudis?(?: Arabia)?": (
        r"沙|サウジ",
        r"사우디",
        r"Saudi|Ả Rập|A-rập|Ả-rập",
    ),
    r"Türkiye|Turkey|Turkish": (
        r"土|トルコ|突厥",
        r"튀르키예|터키",
        r"Thổ",
    ),
    r"Syria(?:ns?)?": (
        r"敘|叙|シリア",
        r"시리아",
        r"Syria|Xi-ri",
    ),
    r"Egypt(?:ians?)?": (
        r"埃|エジプト",
        r"이집트",
        r"Ai Cập",
    ),
    r"Afghan(?:istan|is?|s)?": (
        r"阿|アフガ",
        r"아프가니스탄|아프간|탈레반",
        r"Afghanistan|Áp-ga",
    ),
    r"(?<!South )Austral(?:ia|ians?)": (
        r"澳|豪|オーストラリア",
        r"호주|@호|오스트레일리아",
        r"Úc|Australia|Ô-xtrây",
    ),
    r"New Zealand(?:ers?)?": (
        r"紐|纽|新西|ニュージーランド|NZ",
        r"뉴질랜드",
        r"New Zealand|Niu Di",
    ),
    r"Canad(?:a|ians?)": (
        r"加|カナダ",
        r"캐나다|@캐|오타와",
        r"Canada|Ca-na-đa",
    ),
    r"(?<!New )Mexic(?:o|ans?)": (
        r"墨|メキシコ",
        r"멕시코|@멕",
        r"Mexico|Mê-hi|Mexicô",
    ),
    r"Brazil(?:ians?)?": (
        r"巴|ブラジル|伯",
        r"브라질",
        r"Brazil|Bra-xin|Brasil",
    ),
    r"Argentin(?:a|e|ians?)": (
        r"阿|アルゼンチン",
        r"아르헨티나",
        r"Argentina|Ác-hen",
    ),
    r"Venezuel(?:a|ans?)": (
        r"委|ベネズエラ",
        r"베네수엘라|마두로",
        r"Venezuela|Vê-nê",
    ),
    r"Cuba(?:ns?)?": (
        r"古巴|キューバ",
        r"쿠바",
        r"Cuba|Cu-ba",
    ),
    r"Philippines?|Filipinos?": (
        r"菲|比|フィリピン",
        r"필리핀|마닐라",
        r"Philippin|Phi-líp",
    ),
    r"Indonesia(?:ns?)?": (
        r"印尼|印度尼|インドネシア|印",
        r"인도네시아|인니|자카르타",
        r"Indonesia|In-đô",
    ),
    r"Malaysia(?:ns?)?": (
        r"馬|马|マレーシア",
        r"말레이시아|말련",
        r"Malaysia|Ma-lai|Mã Lai",
    ),
    r"Singapore(?:ans?)?": (
        r"新加坡|星|新|獅城|シンガポール",
        r"싱가포르|싱가폴",
        r"Singapore|Xin-ga",
    ),
    r"Thai(?:land|s)?": (
        r"泰|タイ",
        r"태국|타이|방콕",
        r"Thái|Bangkok",
    ),
    r"Myanmar|Burm(?:a|ese)": (
        r"緬|缅|ミャンマー",
        r"미얀마|버마",
        r"Myanmar|Mi-an-ma|Miến",
    ),
    r"Cambodia(?:ns?)?": (
        r"柬|高棉|カンボジア",
        r"캄보디아|프놈펜",
        r"Campuchia|Căm|Cam-pu",
    ),
    r"Lao(?:s|tian)?": (
        r"寮|老撾|老挝|ラオス",
        r"라오스",
        r"Lào",
    ),
    r"Mongolia(?:ns?)?": (
        r"蒙|モンゴル",
        r"몽골",
        r"Mông",
    ),
    r"Poland|Polish|Poles": (
        r"波|ポーランド",
        r"폴란드|바르샤바",
        r"Ba Lan",
    ),
    r"Lithuania(?:ns?)?": (
        r"立|リトアニア",
        r"리투아니아",
        r"Lithuania|Lít-va|Litva",
    ),
    r"Netherlands|Dutch": (
        r"荷|オランダ|蘭",
        r"네덜란드|@네",
        r"Hà Lan",
    ),
    r"Swed(?:en|ish|es)": (
        r"瑞|スウェーデン",
        r"스웨덴",
        r"Thụy Điển",
    ),
    r"Switzerland|Swiss": (
        r"瑞|スイス",
        r"스위스",
        r"Thụy Sĩ|Thuỵ Sĩ|Thụy Sỹ",
    ),
    r"South Africans?|South Africa": (
        r"南非|南ア",
        r"남아공|남아프리카",
        r"Nam Phi",
    ),
    r"Hong Kong(?:ers?)?": (
        r"港|香港",
        r"홍콩",
        r"Hồng Kông|Hong Kong|Hương Cảng",
    ),
    r"European Union|EU": (
        r"歐|欧|EU",
        r"유럽|EU|@유",
        r"châu Âu|EU|Liên minh|Âu",
    ),
    r"United Nations|UN": (
        r"聯合國|联合国|国連|聯合|联合|UN",
        r"유엔|UN|국제연합|안보리",
        r"Liên [Hh]ợp|LHQ|UN|Liên Hiệp Quốc",
    ),
    r"NATO": (
        r"北約|北约|NATO|ナトー",
        r"나토|NATO|북대서양",
        r"NATO|Bắc Đại Tây",
    ),
    r"ASEAN": (
        r"東協|东盟|東盟|东协|ASEAN|亞細安|アセアン",
        r"아세안|ASEAN|동남아",
        r"ASEAN|Đông Nam Á",
    ),
}
