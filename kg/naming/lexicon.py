"""Words that mean something to a comparison of names: closed lists, each with its reason, all in normal form.

A word is listed for how the press uses it in names, never for one thing that bears it. All lists are lower case,
without dots, apostrophes or diacritics (see `forms.normal_form`).
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS: Final = _words(
    "a an and at by d da das de del der des di do dos du el et for in la le of on the to und van von y zu"
)
"""Connect the parts of a name; acronyms skip them and reordered names lose them."""

LEGAL_FORMS: Final = _words(
    "ab aktiengesellschaft asa berhad bhd bv cjsc co coltd company corp corporation doo eood fze fzco fzllc gmbh inc "
    "incorporated jsc kaisha kg kgaa kk limited llc llp lp ltd ltda ltee mbh nv oao ojsc ooo oy oyj pao pcl persero "
    "pjsc plc pt pte pty publ pvt sab sae saoc saog sarl sdn spa spzoo srl sro tbk wll zao"
)
"""Legal forms of companies: they say how a company is registered, not which company it is."""

LEGAL_FORMS_UPPER: Final = _words("ad ag aps as oü sa sas se sl")
"""Legal forms that are also words or parts of words: they count only in capitals or with dots ("S.A.", "AG")."""

LEGAL_PHRASES: Final = frozenset(
    tuple(phrase.split())
    for phrase in (
        "closed joint stock company", "joint stock company", "kabushiki kaisha",
        "limited liability company", "limited liability partnership", "open joint stock company", "private limited",
        "private limited company", "public company limited", "public joint stock company", "public limited company",
        "sa de cv", "sab de cv", "sp z oo", "spol s ro",
    )
)  # fmt: skip
"""Legal forms of several words, some of which are no legal form by themselves."""

LEADING_LEGAL_FORMS: Final = _words("cjsc jsc llc oao ojsc ooo pao pjsc pt zao")
"""Legal forms that stand before the name in some countries; they count there in capitals alone."""

GROUP_WORDS: Final = _words("group grupo gruppe holding holdings")
"""Name the whole of a firm: the press drops them ("Alibaba Group", "Alibaba"), so they tell little."""

UNIT_WORDS: Final = _words(
    "administration agency airlines airport alliance association assurance authority bank brain campus clinic "
    "cloud club college commission committee consortium council court department electronics express factory "
    "faculty federation finance financial forum foundation fund futures government health hospital info "
    "institute insurance lab laboratories laboratory labs leasing life lines motors museum office pay pharma "
    "pharmaceutical pharmaceuticals pilot plant port ports press research school securities studios subsidiary "
    "trial trust ventures wallet"
)
"""After a name, these make the name of a part, an affiliate or a body around it: "X Bank", "X Alliance", "X pilot"."""

UNIT_PHRASES: Final = (
    ("asset", "management"),
    ("wealth", "management"),
    ("investment", "management"),
    ("innovation", "center"),
    ("data", "center"),
)
"""Two-word tails that name a part or an affiliate; apart, the words are common descriptions."""

DESCRIPTIONS: Final = _words(
    "academy advanced aerospace agency agricultural agriculture ai air analytics app application applications "
    "applied asset assets associates automation automotive aviation banco bancorp banque bay big biotech "
    "biotechnology blockchain blog board brand brothers building bureau business capital care cargo center "
    "central chain chamber chemical chemicals chip chips city clean coin cold college commerce commercial "
    "common communication communications community computing conference construction consulting container "
    "control cooperation county credit crypto currency customs daily data defense design desk development "
    "device devices digital distributed district economic economy ecosystem education electric electrical "
    "electronic energy engineering enterprise enterprises entertainment environmental equity exchange exports "
    "fair farm farms federal fiber fintech food foods framework freight games garden gas gazette general global "
    "graphics green grid guild hall heavy herald high hill home hotel hotels house hub imports industrial "
    "industries industry information infrastructure initiative innovation innovations instruments integrated "
    "intelligence intelligent interbank international internet investment investments joint journal label land "
    "language law ledger legal light logistics machinery magazine management manufacturing marine maritime "
    "market marketing markets media medical metals micro microsystems mineral mining ministry mobile mobility "
    "model modern money motor municipal municipality national natural network networks new news nuclear ocean "
    "oil online open optical organization park partners partnership payment payments people petroleum photonic "
    "photonics plan planning platform policy post power precision prefecture private product production "
    "products program project property protocol province public quantum rail railway railways real region "
    "regional registry relay renewable renewables research resort resources retail river road robot robotics "
    "route rural sail sales satellite science sciences scientific sea security semiconductor semiconductors "
    "service services shares sharing ship shipping smart social society software solar solutions space special "
    "stablecoin standard standards state station steel stock storage strategic street studio summit supply "
    "sustainable system systems task tea team tech technical technologies technology telecom telecommunications "
    "test testnet textile textiles times token tower trace trade trading training transport transportation "
    "travel treasury tribune union united university urban venture village water web wind wire wireless works "
    "world zone"
)
"""Common nouns and adjectives of names: they describe and are shared by many; alone they name nothing."""

GENERIC: Final = DESCRIPTIONS | UNIT_WORDS | GROUP_WORDS | LEGAL_FORMS | FUNCTION_WORDS
"""Words that cannot carry a name on their own."""

PLACE_PARTS: Final = _words(
    "city county district island islands mainland municipality prefecture province region republic sar state"
)
"""Say what kind of place a place is: "Guizhou province" is Guizhou; other words make another place."""

CONCEPT_TAILS: Final = _words("industry industries protocol sector sectors service services system systems technology")
"""Say that a concept is a technology or a sector: "blockchain technology" is blockchain."""

REGION_WORDS: Final = _words(
    "africa african america american americas anhui apac arab asia asian asiapacific australia australian "
    "austria beijing belgium brazil britain british canada canadian chengdu chile china chinese chongqing "
    "denmark dutch egypt emea england ethiopia ethiopian eu europe european eurozone finland france french "
    "fujian gansu german germany greece guangdong guangxi guangzhou guizhou hainan hangzhou hebei heilongjiang "
    "henan hk hongkong hubei hunan hungary india indian indonesia indonesian ireland irish israel italian italy "
    "japan japanese jiangsu jiangxi jilin kazakhstan kenya kenyan korea korean latam latin liaoning london "
    "macau malaysia malaysian mexico nanjing netherlands nigeria nigerian ningxia nordic norway pacific "
    "pakistan philippines poland polish portugal qinghai russia russian saudi scotland shaanxi shandong "
    "shanghai shanxi shenzhen sichuan singapore spain spanish suzhou sweden swedish swiss switzerland taiwan "
    "thai thailand tianjin tibet turkey turkish uae uk ukraine us usa vietnam vietnamese wales wuhan xinjiang "
    "yunnan zhejiang"
)
"""Places and demonyms that stand before or after a name to say which branch it is ("China Mobile Fujian", "X Asia")."""

REGION_PHRASES: Final = frozenset(
    {"abu dhabi", "asia pacific", "hong kong", "los angeles", "middle east", "new york", "north america",
     "south africa", "south america", "south korea", "southeast asia", "united kingdom", "united states"}
)  # fmt: skip
"""The same of more than one word."""

TITLES: Final = _words(
    "academician adm admiral ambassador analyst attorney baron baroness captain ceo cfo chairman chairperson "
    "chairwoman chancellor chief coach cofounder colonel commissioner comrade congressman congresswoman coo "
    "councillor cto dame dean deputy director doctor doctors dr economist editor emperor engineer entrepreneur "
    "executive finance foreign former founder gen general governor her highness his hon judge justice king lady "
    "lieutenant lord madam madame major managing mayor minister miss mme mr mrs ms officer pastor pm pope "
    "premier president prime prince princess prof professor queen rector rep representative researcher rev "
    "reverend secretary sen senator sheikh sheikha sir spokesman spokesperson spokeswoman sultan vice"
)
"""Titles and posts before a person's name: they say what someone is, not who."""

NAME_SUFFIXES: Final = _words("cbe esq ii iii iv jr kbe mba md obe phd sr")
"""Follow a person's name."""

SPELLINGS: Final = {
    "centre": "center", "centres": "centers", "programme": "program", "programmes": "programs",
    "defence": "defense", "labour": "labor", "harbour": "harbor", "fibre": "fiber", "theatre": "theater",
    "colour": "color", "cheque": "check", "catalogue": "catalog", "licence": "license", "favour": "favor",
    "aluminium": "aluminum", "grey": "gray", "organisation": "organization", "organisations": "organizations",
    "sulphur": "sulfur", "metre": "meter",
}  # fmt: skip
"""British spellings to American ones, for whole words; the endings -isation and -ise- are handled by rule."""

TRANSLITERATIONS: Final = {
    "macao": "macau", "peking": "beijing", "nanking": "nanjing", "chungking": "chongqing", "tientsin": "tianjin",
    "bombay": "mumbai", "calcutta": "kolkata", "madras": "chennai", "bangalore": "bengaluru", "poona": "pune",
    "kiev": "kyiv", "kharkov": "kharkiv", "lvov": "lviv", "rangoon": "yangon", "saigon": "hochiminh",
    "burma": "myanmar", "turkiye": "turkey", "holland": "netherlands", "persia": "iran", "swaziland": "eswatini",
    "almaata": "almaty", "kwangtung": "guangdong", "szechuan": "sichuan", "szechwan": "sichuan", "sci": "science",
    "tech": "technology", "intl": "international", "assn": "association", "dept": "department",
    "govt": "government", "univ": "university", "technol": "technology", "mgmt": "management", "fintech": "fintech",
    "labs": "laboratories", "lab": "laboratory", "technologies": "technology", "pharma": "pharmaceutical",
    "pharmaceuticals": "pharmaceutical", "telecom": "telecommunications",
}  # fmt: skip
"""Words with two accepted spellings or abbreviations: either side of a pair compares as the same word."""

GIVEN_SPELLINGS: Final = {
    spelling: first
    for first, *others in map(str.split, (
        "abdallah abdullah abdulla", "abdurrahman abdulrahman abdelrahman", "ahmed ahmad ahmet", "aisha ayesha aysha",
        "aleksandr alexander alexandr aleksander", "aleksey alexei alexey aleksei", "anatoly anatoli anatoliy anatolii",
        "andrey andrei andrej andriy andrii", "arkady arkadi arkadiy", "dmitry dmitri dmitriy dmitrii dmytro",
        "faisal faysal feisal", "fatima fatimah fatemeh", "gennady gennadi gennadiy gennadii",
        "georgy georgi georgiy georgii", "grigory grigori grigoriy grigorii", "hassan hasan", "hossam hussam",
        "hussein hussain husain hossein husein", "ibrahim ebrahim", "khaled khalid", "mahdi mehdi",
        "mahmoud mahmud mahmood",
        "mohammed muhammad mohamed mohammad muhammed mohamad muhamad muhammet mohd", "mustafa mostafa moustafa",
        "nasser nasir naser", "nikolay nikolai nikolaj", "oleksandr olexandr", "omar umar", "osman othman uthman usman",
        "rashid rasheed", "saeed saied", "sergey sergei sergej serhiy serhii", "valery valeri valeriy valerii",
        "vasily vasili vasiliy vasilii", "vitaly vitali vitaliy vitalii",
        "yevgeny evgeny evgeni yevgeni evgeniy evgenii",
        "yuri yury yuriy yurii iurii", "yusuf youssef yousef yousuf yusef youssuf", "zaynab zainab zeinab",
    ))
    for spelling in others
}  # fmt: skip
"""Names of persons in Cyrillic and Arabic, as passports and papers write them in Latin letters, each to one of them."""

PHRASES: Final = {
    "usa": "united states", "us": "united states", "united states of america": "united states",
    "america": "united states", "uk": "united kingdom", "great britain": "united kingdom",
    "britain": "united kingdom", "prc": "china", "peoples republic of china": "china",
    "people republic of china": "china", "mainland china": "china", "republic of korea": "south korea",
    "russian federation": "russia", "uae": "united arab emirates", "czechia": "czech republic",
    "cote divoire": "ivory coast", "hong kong sar": "hong kong", "hksar": "hong kong", "macau sar": "macau",
    "eu": "european union", "ho chi minh city": "hochiminh", "viet nam": "vietnam", "jp morgan chase": "jpmorgan",
    "new york city": "new york", "nyc": "new york", "republic of singapore": "singapore",
    "islamic republic of iran": "iran", "slovak republic": "slovakia", "kingdom of saudi arabia": "saudi arabia",
}  # fmt: skip
"""Whole names with a second everyday form: countries and cities as the press writes them."""

SURNAMES_FIRST: Final = _words(
    "ahn ai an bae baek bai bao bi bui cai cao chen cheng cho choi cui dai dang deng ding do dong dou du duan "
    "duong fan fang feng fu gan gao ge gong gu guan guo han hao he ho hoang hong hou hu hua huang hwang jang "
    "jeong ji jia jiang jin jung kang kim kong kwon lai lang lee lei li liang liao lim lin ling liu long lu luo "
    "lv ma mao mei meng mo moon nam ngo nguyen ni ning niu ouyang pan pang park pei peng pham phan qi qian qiao "
    "qin qiu qu ren shao shen shi shin sima situ song su sun tan tang tao tian tong tran tu vu wan wang wei wen "
    "weng wu xi xia xiang xiao xie xing xiong xu xue yan yang yao ye yi yin ying yoo yoon you yu yuan yue zeng "
    "zhai zhang zhao zheng zhong zhou zhu zhuang zhuge zou zuo"
)
"""Chinese, Korean and Vietnamese family names, which stand before the given name."""

COMMON_GIVEN: Final = _words(
    "adam alan alex alice amy andrew andy angela ann anna anthony ben bill bob brian carol charles chris "
    "christine daniel david edward elena elizabeth emma eric frank gary george grace helen henry irene jack "
    "james jane jason jeff jennifer jim joe john jonathan joseph julia karen kate ken kevin laura lisa louis "
    "lucy maria mark mary matthew michael mike nancy nick oliver pat patrick paul peter philip rachel ray "
    "richard rob robert ryan sam sarah scott simon stephen steve steven sue susan thomas tim tom tony victor "
    "vincent william"
)
"""Western given names that often stand before a Chinese or Korean family name ("Tom Wang", "Lisa Su")."""
