# ruff: noqa: E501, PLR2004 - word lists, and shares of kinds of names that mean nothing elsewhere
"""Names of our own making, swapped into training text so that the model learns shapes of names and not a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_GIVEN_FAMILY = {
    "east_asia_family_first": (
        "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie Han "
        "Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lu Su Jiang Cai Jia Ding Wei Xue Ye Yan Pan Du "
        "Kim Park Lee Choi Jung Kang Cho Yoon Jang Lim Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do".split(),
        "Wei Fang Xiuying Na Min Jing Lei Qiang Jun Yong Jie Tao Ming Chao Junwen Zhenghui Xiaoming Guohua Jianguo Yifan "
        "Haoran Zihan Meiling Peng Bo Chenxi Ruoxi Yuchen Zhiyuan Xinyi Min-jun Seo-yeon Ji-hoon Hye-jin Sung-ho "
        "Eun-ji Thi Mai Van Minh Duc Anh Quang Huy Ngoc Lan".split(),
    ),
    "south_asia": (
        "Aarav Vivaan Aditya Ananya Diya Ishaan Kavya Rohan Priya Rajesh Sunita Vikram Deepa Arjun Meera Nikhil Pooja "
        "Sanjay Lakshmi Imran Ayesha Fatima Tariq Nusrat Chaminda Nuwan Dilshan Ruwani Bimal Sita Farhan".split(),
        "Sharma Verma Gupta Iyer Nair Reddy Rao Patel Shah Mehta Banerjee Chatterjee Mukherjee Das Singh Kaur Gill Khan "
        "Ahmed Hussain Chowdhury Rahman Islam Perera Fernando Silva Jayawardena Wickramasinghe Thapa Shrestha".split(),
    ),
    "africa": (
        "Chinedu Ngozi Oluwaseun Adaeze Kwame Ama Kofi Abena Thabo Naledi Sipho Lerato Amina Juma Wanjiru Otieno Achieng "
        "Tendai Farai Mamadou Aissatou Ousmane Fatou Abebe Tigist Yonas Selam Ibrahim Halima".split(),
        "Okafor Adeyemi Eze Okonkwo Mensah Owusu Boateng Nkosi Dlamini Mokoena Khumalo Kamau Mwangi Odhiambo Njoroge "
        "Moyo Ncube Diallo Traore Diop Ndiaye Tesfaye Bekele Abdullahi Bello Mbeki Zuma".split(),
    ),
    "arab_persian_turkic": (
        "Mohammed Ahmed Khalid Fahad Noura Layla Yousef Hassan Omar Salma Rania Tarek Hind Sultan Reem Ali Reza Maryam "
        "Shirin Mehmet Ayse Emre Elif Murat Zeynep Aziz Dilnoza".split(),
        "Al-Rashid Al-Mansouri Al-Otaibi Al-Harbi Haddad Khoury Mansour Nasser Farouk El-Sayed Benali Bouazizi Al Maktoum "
        "Hosseini Karimi Ahmadi Rezaei Yilmaz Kaya Demir Sahin Celik Karimov Nazarov".split(),
    ),
    "europe": (
        "Anna Lukas Marie Jonas Sofia Luca Giulia Pierre Camille Hugo Ingrid Lars Astrid Mikkel Freja Katarzyna Piotr "
        "Agnieszka Jakub Elena Andrei Ioana Dimitris Eleni Ivan Olga Sergei Natalia Pavel Zuzana Matej Ana Tiago Joao "
        "Siobhan Ciaran Aoife Fergus Rhys Gwen Alistair Jean-Luc Anne-Marie Björn Søren Zoë".split(),
        "Müller Schmidt Becker Hoffmann Rossi Ferrari Bianchi Dubois Lefèvre Moreau Girard Andersson Lindqvist Nielsen "
        "Kowalski Wiśniewska Nowak Popescu Ionescu Papadopoulos Ivanov Petrova Novák Horvat Kovač Costa Ferreira Almeida "
        "O'Brien O'Sullivan Byrne MacLeod Jansen de Vries van der Berg Van den Broeck Haugen Korhonen Virtanen".split(),
    ),
    "americas": (
        "James Mary Robert Patricia Jennifer Michael Linda David Elizabeth Tyler Brittany Marcus Keisha Jamal Carlos "
        "María José Lucía Diego Valentina Mateo Camila Rafael Beatriz Thiago Fernanda Luis Guadalupe Santiago".split(),
        "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thompson Washington Jefferson Garcia "
        "Martinez Rodriguez Hernandez Lopez Gonzalez Perez Sanchez Ramirez Torres Flores Vargas Castillo Oliveira Souza "
        "Pereira Carvalho Quispe Mamani".split(),
    ),
    "southeast_asia_pacific": (
        "Budi Siti Agus Dewi Putri Rizky Nurul Ahmad Aisyah Wei Ling Somchai Suda Niran Maria Jose Juan Angelica Tane "
        "Aroha Hemi Mele Sione Haruto Yui Sota Hina Kenji Naoko Takeshi Akiko".split(),
        "Santoso Wijaya Hidayat Siregar Rahman Abdullah Tan Lim Ng Srisai Wongsakul Santos Reyes Cruz Bautista Dela Cruz "
        "Ngata Tawhai Tuipulotu Sato Suzuki Takahashi Tanaka Watanabe Yamamoto Nakamura Kobayashi".split(),
    ),
}
_STEMS = (
    "Ant Baowu Zhong Ping Huifu Ledger Nimbus Quanta Orbit Kestrel Juniper Zephyr Cobalt Vanta Halcyon Pando Bright "
    "Blue Green Red Silver Stone North South Lotus Jade Dragon Phoenix Kirin Tiger Falcon Monarch Sequoia Aurora Atlas "
    "Helios Nova Terra Aqua Pyra Volta Ferro Sino Indo Afri Lusi Nordi Balti Andes Amazo Sahara Gobi Meko Gango Kili "
    "Zuri Baraka Umoja Rasa Lila Mira Tala Yara Kora Soma Dala Tera Giga Nano Micro Macro Hyper Ultra Omni Poly Mono "
    "Uni Tri Quad Penta Hexa Octo Deca One Seven Nine Moon Sun Star Cloud River Ocean Harbor Bridge Gate Tower Pillar "
    "Anchor Beacon Compass Vector Tensor Matrix Kernel Cipher Token Block Chain Hash Node Mesh Grid Pulse Wave Spark "
    "Ember Flint Iron Copper Tin Zinc Wool Cotton Maple Oak Willow Birch Cedar Pine Bamboo Mango Papaya Durian".split()
)
_ENDINGS = (
    "pay chain base works soft tech ware lab labs gen bit coin net link hub nest forge craft mind sense view scope "
    "flow path way port dock yard farm field wood dale ly ify io ia ora ix ex on um us".split()
)
_FORMS = (
    "Inc.|Inc|Corp.|Corporation|Ltd|Ltd.|Co., Ltd.|Co. Ltd|Limited|LLC|PLC|plc|GmbH|AG|SE|S.A.|SA|SpA|B.V.|N.V.|AB|Oyj|"
    "ASA|A/S|KK|Pte Ltd|Pvt. Ltd.|Bhd|Tbk|Holdings|Group|Group Co., Ltd.|Holdings Ltd|& Co.|& Sons|Partners|Capital|"
    "Ventures|Technologies|Technology Co., Ltd.|Systems|Networks|Robotics|Pharma|Therapeutics|Biosciences|Energy|"
    "Motors|Airlines|Logistics|Foods|Steel|Bank|Securities|Insurance|Exchange|Labs|Studio|Studios|Media|Health|"
    "Financial|Semiconductor|Materials|Mining|Shipping|International|Industries|Electric|Telecom|Mobile|Digital"
).split("|")
_CITY_STEMS = (
    "Guangzhou Shenzhen Chengdu Wuhan Hangzhou Nanjing Suzhou Xiamen Qingdao Dalian Harbin Kunming Foshan Dongguan "
    "Incheon Busan Daegu Fukuoka Sapporo Nagoya Kaohsiung Taichung Cebu Davao Surabaya Bandung Medan Penang Hanoi Hue "
    "Chiang Mai Pune Hyderabad Kochi Jaipur Indore Lahore Karachi Chittagong Kandy Kathmandu Almaty Tashkent Baku "
    "Tbilisi Yerevan Izmir Haifa Amman Doha Muscat Jeddah Riyadh Cairo Alexandria Tunis Rabat Casablanca Dakar Accra "
    "Kumasi Lagos Abuja Nairobi Mombasa Kampala Kigali Lusaka Harare Durban Porto Braga Bilbao Seville Lyon Nantes Lille "
    "Ghent Utrecht Eindhoven Aarhus Malmö Gothenburg Bergen Tampere Tallinn Riga Vilnius Gdańsk Kraków Brno Graz "
    "Ljubljana Zagreb Cluj Varna Thessaloniki Bari Turin Leeds Bristol Cork Austin Boise Tulsa Omaha Tampa Fresno "
    "Winnipeg Halifax Monterrey Puebla Medellín Quito Cusco Rosario Córdoba Recife Curitiba Valparaíso Perth Adelaide"
)
_PRODUCT_TAILS = "Pro|Plus|Go|One|X|2|3|360|Cloud|Wallet|Pay|Mini|Max|Lite|Air|OS|AI|Studio|Desk|Connect".split("|")


def person(rng: random.Random) -> str:
    """Make up a person's name."""
    region = rng.choice(sorted(_GIVEN_FAMILY))
    first, second = _GIVEN_FAMILY[region]
    name = f"{rng.choice(first)} {rng.choice(second)}"
    if region == "americas" and rng.random() < 0.15:
        name = f"{rng.choice(first)} {rng.choice('ABCDEFGHJKLMRST')}. {rng.choice(second)}"
    elif region == "americas" and rng.random() < 0.15:
        name += f" {rng.choice(second)}"
    return name


def company(rng: random.Random) -> str:
    """Make up a company's name, with or without its legal form."""
    kind = rng.random()
    if kind < 0.3:
        core = rng.choice(_STEMS) + rng.choice(_ENDINGS)
    elif kind < 0.45:
        core = rng.choice(_STEMS) + rng.choice(_STEMS)
    elif kind < 0.6:
        core = f"{rng.choice(_STEMS)} {rng.choice(_STEMS)}"
    elif kind < 0.68:
        core = "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVXZ") for _ in range(rng.choice((2, 3, 3, 4))))
    elif kind < 0.76:
        core = f"{rng.choice(_CITY_STEMS.split())} {rng.choice(_STEMS)}{rng.choice(_ENDINGS)}"
    elif kind < 0.84:
        core = f"{person(rng).split()[-1]} {rng.choice(('&', 'and'))} {person(rng).split()[-1]}"
    elif kind < 0.9:
        core = (rng.choice(_STEMS) + rng.choice(_ENDINGS)).lower().capitalize() + rng.choice(
            (".ai", ".io", "-X", "24", "+")
        )
    else:
        core = rng.choice(_STEMS)
    return f"{core} {rng.choice(_FORMS)}" if rng.random() < 0.5 else core


def product(rng: random.Random) -> str:
    """Make up the name of a product, sometimes in odd case."""
    core = rng.choice(_STEMS) + rng.choice(_ENDINGS)
    kind = rng.random()
    if kind < 0.15:
        core = rng.choice("ei") + rng.choice(_STEMS)
    elif kind < 0.35:
        core = rng.choice(_STEMS) + rng.choice(_STEMS)
    elif kind < 0.45:
        core = core.upper()
    return f"{core} {rng.choice(_PRODUCT_TAILS)}" if rng.random() < 0.35 else core


def city(rng: random.Random) -> str:
    """Pick a city."""
    return rng.choice(_CITY_STEMS.split())


# Makers by name type; types not listed swap only within the corpus.
MAKERS: dict[str, Callable[[random.Random], str]] = {
    "Person": person,
    "Company": company,
    "Product": product,
    "Platform": product,
    "City": city,
}
