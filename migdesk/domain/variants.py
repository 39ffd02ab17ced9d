"""Names that peoples and passports write too differently for letters to show that they are one.

Groups of spellings of one name: those of the first table are written so by one country after another for one
person; those of the second are forms of a name in neighbouring languages or cut short by a passport, by which a
person may be known in both. The third holds names a letter apart that everybody here knows for two.
"""

from __future__ import annotations

from migdesk.domain.letters import fold

_ONE_NAME = """
мұхаммед мухамед мухаммад мұхамед muhammad mohammad mohammed mohamed muhammed mohamad muhamad md mohd muhd
осман усман усмон osman usman usmon othman uthman
якуб яқуб ёқуб yakub yakoub yaqub yoqub yokub yakup
фатима fatima fatimah fatemeh fotima fatema
айша ойша aisha aysha ayesha
хадиджа хадича khadija hadicha khadidja
давуд довуд дауд davud dawood daud dovud
джамал жамал jamal jamol cemal djamal
хасан гасан hasan hassan gasan
саид сеид said saeed sayed seyed syed sayyid сайид
амир amir ameer
исмаил исмоил ismail ismoil esmail
зейнеб зайнаб zainab zaynab zeinab zeynab zeynep зейнеп
захра zahra zahro zehra
марьям мариям maryam mariam miriam meryem
абдурахман abdurahman abdulrahman abdelrahman abdurrahman abdurahmon
юсуф yusuf yousef youssef yusif
хусейн хусайн гусейн hussein husain hossein hussain huseyin
александр олександр аляксандр alexander aleksandr oleksandr aliaksandr alexandr
сергей сергій сяргей serhii sergiy siarhei serhiy sergey
ахмад ахмед ahmad ahmed
ибрагим ибраһим ibrahim ebrahim
пётр piotr pyotr
семён semyon
фёдор fyodor
владимир володимир уладзімір volodymyr uladzimir
игорь ігор ihor igor
олег oleh oleg
светлана святлана світлана sviatlana svitlana svetlana
ксения xenia kseniia ksenia
софья софия sofiia sofia
абдулла абдулло abdullah abdulla abdullo abdallah abdollah
мұса муса мусо musa moussa
вильгельм wilhelm
чайковский tchaikovsky chaikovsky
"""

_FORMS = """
мұхаммед магомед магомет мамед mehmet muhammad
омар умар омер ғұмар
ринат ренат
омаров умаров
омарова умарова
осман усман усмон usman usmon othman uthman оспан оспен
якуб ёқуб жақып yakub yakoub yaqub yoqub yakup jacob
ыса иса isa iso issa eisa
фатима фатма бәтима патима fatima fatimah fatemeh fotima fatma patima
айша ойша aisha aysha ayesha aicha ayse
хадиджа хадича қадиша khadija hadicha hatice
давуд дәуіт довуд david davud dawood daud dovud
джамал жамал jamal cemal jamol gamal
джалил жалел jalil celil
ибрагим ыбырайым ibrahim abraham
хасан гасан қасан hasan gasan
абдурахман әбдірахман абдырахман abdulrahman
юсуф жүсіп юсуп yusup yousef
хусейн құсайын hussain
ахмад ахмет ahmet
николай микола мікалай mykola mikalai
евгений євген яўген yevhen evgen yauheni
елена олена алена алёна olena alena
анна ганна hanna
филипп пилип pylyp
дмитрий дмитро дзмітрый dmytro dzmitry
екатерина катерина кацярына kateryna katsiaryna
геннадий генадзь геннадій hennadii henadz
павел павло pavlo
петр петро пётр petro piotr
алексей олексій аляксей oleksii aliaksei
григорий hryhorii рыгор ryhor
пак park bak
кын geun keun
хе hye hyeh
мен мён myung myeong myong
сок seok suk
соп seop sub
чхоль chol cheol chul
су soo su
ми mi mee
хва hwa
вон won
со seo suh
чо cho jo
кан kang gang
чан jang chang
пэк baek paik
хан han hahn
сон song sung seong
мин min
джи ji jee
ли lee rhee yi
цой чхве чой choi choe
тен чон чжон jung jeong chung
юн yoon yun
эм ом eom um
ованес ованнес оганес hovhannes hovannes
арутюнян harutyunyan
хён hyun hyeon
у woo
ук wook
о oh
джин чжин jin
джун чжун jun joon
джон чжон чен jung jeong jong
кён гён kyung gyeong
ён young yeong
ын eun un
сан sang
сюй xu hsu syu
хун hoon
зыонг duong
зунг dung
чинь trinh
чан tran
куанг quang
батт butt
цуркан turcanu
майкл michael
джордж george
джон john
джозеф joseph
пол paul
стивен stephen
джеймс james
уайт white
райт wright
франсуа francois
жан jean
жак jacques
мишель michel michelle
луи louis
хосе jose
хуан juan
хуана juana
джованни giovanni
джузеппе giuseppe
"""

_TWO_NAMES = """
самат санат
марат мурат
мұрат марат
ерлан арлан
алмас алмат
асель асем
динара дина
гульнара гульмира
нурлан нурхан
айдар айдын
айбек айбар
айгуль айнур
жанар жанна
мария марина
айжан айнан
данияр даниял
ержан еркан
ерлан еркан
бекжан бекзат
хасан хусейн
асан үсен
эльдар элдияр
асан усон
дильшод дильноза
гурприт харприт
gurpreet harpreet
рахимов каримов
рахимова каримова
касымов касенов
касымова касенова
юсупов юнусов
юсупова юнусова
"""


def _groups() -> dict[str, frozenset[tuple[str, int]]]:
    tables = {"one": _ONE_NAME, "forms": _FORMS, "two": _TWO_NAMES}
    found: dict[str, frozenset[tuple[str, int]]] = {}
    for kind, table in tables.items():
        for number, line in enumerate(table.strip().splitlines()):
            for key in map(fold, line.split()):
                found[key] = found.get(key, frozenset()) | {(kind, number)}
    return found


_GROUPS = _groups()


def relation(one: str, other: str) -> str | None:
    """What two keys (`letters.fold`) are known for: `one` name, `forms` of a name, `two` names; else nothing."""
    mine, theirs = _GROUPS.get(one), _GROUPS.get(other)
    if mine is None or theirs is None:
        return None
    shared = {kind for kind, _number in mine & theirs}
    return next((kind for kind in ("one", "forms", "two") if kind in shared), None)
