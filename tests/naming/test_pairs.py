"""Pairs of names that are, or are not, names of one thing: the evidence must fall on the right side."""

import pytest

from kg.naming import compare

ENOUGH_BITS = 3.0

SAME = [
    # companies: legal forms, groups, descriptions
    ("Company", "Orlo Freight Co., Ltd.", "Orlo Freight"),
    ("Company", "Orlo Freight Inc.", "Orlo Freight"),
    ("Company", "Orlo Freight GmbH & Co. KG", "Orlo Freight"),
    ("Company", "Orlo Freight S.A.", "Orlo Freight"),
    ("Company", "Orlo Freight PLC", "ORLO FREIGHT"),
    ("Company", "Orlo Freight Sdn. Bhd.", "Orlo Freight"),
    ("Company", "Orlo Freight Pte Ltd", "Orlo Freight"),
    ("Company", "Orlo Freight A/S", "Orlo Freight AS"),
    ("Company", "Orlo Freight Corporation", "Orlo Freight Corp"),
    ("Company", "Orlo Freight Corproation", "Orlo Freight"),
    ("Company", "Orlo Freight Gorup", "Orlo Freight"),
    ("Company", "Orlo Freight JSC", "PJSC Orlo Freight"),
    ("Company", "OOO Orlo Freight", "Orlo Freight"),
    ("Company", "PT Orlo Freight (Persero) Tbk", "Orlo Freight"),
    ("Company", "Orlo Limited Liability Company", "Orlo"),
    ("Company", "Orlo Public Joint Stock Company", "Orlo"),
    ("Company", "Orlo S.A.B. de C.V.", "Orlo"),
    ("Company", "Orlo Sp. z o.o.", "Orlo"),
    ("Company", "Orlo Freight Berhad", "Orlo Freight"),
    ("Company", "Orlo FZ-LLC", "Orlo"),
    ("Company", "Würthner Kälte", "Wuerthner Kaelte"),
    ("Company", "Würthner Kälte", "Wurthner Kaelte"),
    ("Company", "Würthner", "Wuerthner Services"),
    ("University", "St. Brannock University", "Saint Brannock University"),
    ("University", "University of St Brannock", "University of Saint Brannock"),
    ("City", "Sault Ste. Brannock", "Sault Sainte Brannock"),
    ("Person", "Jürgen Rößler", "Juergen Roessler"),
    ("Person", "Jürgen Rößler", "J. Roessler"),
    ("Person", "Bjørn Ås", "Bjorn Aas"),
    ("Person", "Yuri Lapin", "Yury Lapin"),
    ("Person", "Sergei Lapin", "Lapin Sergey"),
    ("Person", "Mohamed Sabri", "Dr. Muhammad Sabri"),
    ("Company", "Orlo Freight Holdings", "Orlo Freight"),
    ("Company", "Orlo (Group) Co., Ltd.", "Orlo Group"),
    ("Company", "Brixa Insurance Group", "Brixa"),
    ("Company", "Tiderun Software", "Tiderun"),
    ("Company", "Tiderun Technologies", "Tiderun Technology"),
    ("Company", "Tiderun Tech", "Tiderun Technology"),
    ("Company", "Shenzhen Tiderun Technology Co., Ltd.", "Tiderun Technology"),
    ("Company", "Vela Pharma", "Vela Pharmaceuticals"),
    ("Company", "China Granary Logistics Group", "China Granary"),
    ("Company", "Q.R. Halden", "QR Halden"),
    ("Company", "QRHalden", "Q.R. Halden"),
    ("Company", "Halden & Söhne", "Halden and Sohne"),
    ("Company", "Société Lumière", "Societe Lumiere"),
    ("Company", "Smørholt", "Smorholt"),
    ("Company", "Łąkowski Stal", "Lakowski Stal"),
    ("Company", "Xi'nova", "Xinova"),
    ("Company", "Xi\u2019nova\u2019s", "Xinova"),
    ("Company", "Data-Harbour", "Data Harbor"),
    ("Company", "Banco Albarán", "Albaran"),
    ("Company", "Consolidated Ampere Technology Co. Ltd.", "CATL"),
    ("Company", "Advanced Marine Devices", "AMD"),
    ("Company", "Norwin Maritime ASA", "Norwin Maritime"),
    ("Company", "Zhuanlong Energy", "Juanlong Energy"),
    ("Company", "Hsintung Textiles", "Xintong Textiles"),
    ("Company", "Kestrel Photonics", "Kestrel Photoincs"),
    ("Company", "Petrovela Petroleum", "Petrovela Petroleumm"),
    ("Company", "The Cobalt Works", "Cobalt Works"),
    ("Company", "Eastern Quay Equity Partners", "Eastern Quay Equity"),
    # alliances, associations, consortia
    ("Alliance", "Tarn Bay Ledger Alliance", "the Tarn Bay Ledger Alliance"),
    ("Alliance", "Lun (Lunt-Sedge) Ledger Alliance", "Lunt-Sedge Ledger Alliance"),
    ("Alliance", "Lun (Lunt-Sedge) Ledger Alliance", "Lun Ledger Alliance"),
    ("Alliance", "Lunt-Sedge Ledger Industry Alliance", "Lunt-Sedge Alliance"),
    ("Alliance", "Alliance of Coastal Ports", "Coastal Ports Alliance"),
    ("Association", "Lunt Digital Economy Chamber", "Lunt Chamber of Digital Economy"),
    ("Association", "Lunt Federation of Logistics & Purchasing", "Lunt Federation of Logistics and Purchasing"),
    ("Association", "Lunt Federation of Logistics and Purchasing", "LFLP"),
    ("Association", "European Coffee Council", "the Coffee Council"),
    ("Alliance", "Global Freight Business Network", "GFBN"),
    # government
    ("GovernmentBody", "People's Bank of Lunt", "PBOL"),
    ("GovernmentBody", "People's Bank of Lunt", "PBoL"),
    ("GovernmentBody", "Vault Institute of the People's Bank of Lunt", "People's Bank of Lunt's vault institute"),
    ("GovernmentBody", "government of Sedge District", "Sedge District Government"),
    ("GovernmentBody", "Monetary Authority of Sedge", "MAS"),
    ("GovernmentBody", "Central Bank of the Lunt Islands", "CBLI"),
    ("GovernmentBody", "Lunt Harbour Authority", "Lunt Harbor Authority"),
    ("GovernmentBody", "Ministry of Defence of Lunt", "Ministry of Defense of Lunt"),
    ("GovernmentBody", "Bureau of Sedge Tourism", "Sedge Tourism Bureau"),
    # universities
    ("University", "Innovation Center of the University of Macau", "Macau University Innovation Center"),
    ("University", "University of Sedge", "Sedge University"),
    ("University", "University of Macao", "University of Macau"),
    ("University", "University of Light Science & Technology of Lunt", "ULSTL"),
    ("University", "Tarnhua University", "Tarnhua"),
    ("University", "Peking Normal University", "Beijing Normal University"),
    ("University", "Lunt Centre for Optics", "Lunt Center for Optics"),
    # persons
    ("Person", "Dr. Ada Oduya", "Ada Oduya"),
    ("Person", "Sir Howard Pryce", "Howard Pryce"),
    ("Person", "President Ada Oduya", "Prof. Ada Oduya"),
    ("Person", "Luo Minghe", "Minghe Luo"),
    ("Person", "Park Ji-hoon", "Park Jihoon"),
    ("Person", "Wang Xue Mei", "Wang Xuemei"),
    ("Person", "Ingrid Sol Haug", "Ingrid Haug"),
    ("Person", "J. Oduya", "John Oduya"),
    ("Person", "J.K. Rowe", "John Kay Rowe"),
    ("Person", "José García", "Jose Garcia"),
    ("Person", "Marcela Rojas", "Marcela Rojsa"),
    ("Person", "Ada Oduya's", "Ada Oduya"),
    ("Person", "Dean Marsh", "Dean Marsh"),
    ("Person", "Ada Oduya Jr.", "Ada Oduya"),
    # places
    ("Region", "Guizhou province", "Guizhou"),
    ("City", "Macao", "Macau"),
    ("City", "XI'AN", "Xi\u2019an"),
    ("City", "Peking", "Beijing"),
    ("City", "Kiev", "Kyiv"),
    ("Country", "U.S.", "United States"),
    ("Country", "USA", "the United States of America"),
    ("Country", "UK", "United Kingdom"),
    ("Country", "People's Republic of China", "China"),
    ("Country", "Türkiye", "Turkey"),
    ("Region", "Hong Kong SAR", "Hong Kong"),
    ("City", "São Lunto", "Sao Lunto"),
    # products, platforms, projects, facilities, documents
    ("Platform", "Ledger-based Service Network", "LSN"),
    ("Platform", "Ledger Service Network", "Ledger Service Network (LSN)"),
    ("Platform", "Quonset ledger", "Quonset"),
    ("Platform", "BerthWise planning platform", "BerthWise"),
    ("Product", "Radiant graphics cards", "Radiant"),
    ("Project", "Project Ubik", "Ubik"),
    ("Project", "Xi'nova Global Ledger Fund", "Xinova Global Ledger Fund"),
    ("Facility", "Lunt Ledger Industrial Park", "China (Lunt) Ledger Industrial Park"),
    ("Facility", "Port of Sedge", "Sedge Port"),
    ("Document", "Lunt Ledger Programme", "Lunt Ledger Program"),
    ("Technology", "blockchain technology", "blockchain"),
    ("Technology", "optical processors", "optical processor"),
    ("Sector", "payments industry", "payments"),
]

DIFFERENT = [
    # spellings that look like another one
    ("Person", "Xue Lanfen", "Xu Lanfen"),
    ("Person", "Müller", "Mahler"),
    ("Company", "Würthner Bank", "Wuerthner"),
    ("Company", "Orlo Public Affairs", "Orlo Limited"),
    # part and whole, siblings
    ("Company", "Brixa", "Brixa Bank"),
    ("Company", "Brixa Insurance Group", "Brixa Bank"),
    ("Company", "Brixa Asset Management", "Brixa"),
    ("Company", "Brixa Asset Management", "Brixa Bank"),
    ("Company", "Otterline", "Otterline Cloud"),
    ("Company", "Otterline", "Otterline Research Institute"),
    ("Company", "Otterline Motors", "Otterline Electronics"),
    ("Company", "Nimbus Mobile", "Nimbus Mobile Fujian"),
    ("Company", "Aurelia Capital", "Aurelia Asia"),
    ("Company", "Sable", "SableHK"),
    ("Company", "Sable", "Sable Info"),
    ("Company", "Corvane Shipping Lines", "Corvane Shipping Ports"),
    ("Company", "Halcyon Electronics", "Halcyon SDI"),
    ("Company", "Halcyon Pharma", "Halcyon group"),
    ("Company", "Northern Quay", "Southern Quay"),
    ("Company", "Bank of China", "Bank of Chongqing"),
    ("Company", "China Telemark", "China Telegraph"),
    ("Company", "Orlo Freight", "Arlo Freight"),
    ("Company", "Tarn Securities", "Tarn"),
    ("Company", "Ledgerly Hainan", "Ledgerly Henan"),
    ("Company", "Ampere", "Amperex"),
    ("Company", "Global Freight", "Global Finance"),
    ("Alliance", "Global Freight Business Network", "BFN"),
    ("Alliance", "Lunt Ledger Alliance", "Sedge Ledger Alliance"),
    ("Alliance", "China Ledger Alliance", "Japan Ledger Alliance"),
    ("Association", "Lunt Ledger Application Association", "Lunt-Sedge Ledger Industry Alliance"),
    ("GovernmentBody", "Guangzhou Internet Court", "Hangzhou Internet Court"),
    ("GovernmentBody", "Ministry of Health", "Ministry of Finance"),
    ("GovernmentBody", "State Information Center", "State Innovation Center"),
    ("University", "University of Lunt", "University of Sedge"),
    ("University", "University of Lunt", "University of Lunt Hospital"),
    ("University", "Lunt University", "Lunt University Press"),
    # persons
    ("Person", "Wang Tao", "Tom Wang"),
    ("Person", "Wang Tao", "Wang Jing"),
    ("Person", "Wang Lei", "Wang Xuemei"),
    ("Person", "Luo Minghe", "Luo Xi"),
    ("Person", "Park Ji-hoon", "Park Soo-min"),
    ("Person", "Hu Yufei", "Hu Bo"),
    ("Person", "John Oduya", "Jane Oduya"),
    ("Person", "J. Oduya", "Mary Oduya"),
    ("Person", "Li Huidi", "William Li"),
    ("Person", "Zhao Min", "Henry Zhao"),
    ("Person", "Wang", "Zhang Wei"),
    ("Person", "Ada Oduya", "Ada Rowe"),
    # places
    ("Region", "Shanxi", "Shaanxi"),
    ("Region", "Henan", "Hunan"),
    ("City", "Jinan", "Jining"),
    ("City", "York", "New York"),
    ("City", "Suzhou", "Suizhou"),
    ("Country", "Niger", "Nigeria"),
    ("Country", "North Korea", "South Korea"),
    # other kinds
    ("Platform", "Hyperlane Fabric", "Hyperlane Sawmill"),
    ("Product", "Radiant 4", "Radiant 5"),
    ("Facility", "Orlo Debrecen plant", "Orlo Arnstadt plant"),
    ("Technology", "green hydrogen", "hydrogen"),
    ("Technology", "artificial intelligence", "business intelligence"),
    ("Document", "Lunt Ledger Plan", "Sedge Ledger Plan"),
]

KINDS_APART = [
    ("City", "Lunt", "University", "Lunt University"),
    ("Country", "Luxembourg", "University", "University of Luxembourg"),
    ("Person", "Lincoln", "City", "Lincoln"),
    ("Person", "Ford", "Company", "Ford"),
    ("Region", "Sedge District", "GovernmentBody", "Sedge District Government"),
    ("Document", "Lunt Charter", "Company", "Lunt Charter"),
    ("Technology", "Diamond", "Company", "Diamond"),
]


@pytest.mark.parametrize(("class_", "a", "b"), SAME, ids=lambda value: value)
def test_same(class_: str, a: str, b: str) -> None:
    """Two names of one thing have evidence for it, in either order."""
    found = compare(a, b, class_, class_)
    assert found.weight_bits >= ENOUGH_BITS, found
    assert compare(b, a, class_, class_).weight_bits == found.weight_bits


@pytest.mark.parametrize(("class_", "a", "b"), DIFFERENT, ids=lambda value: value)
def test_different(class_: str, a: str, b: str) -> None:
    """Names of two things have no evidence that neighbours could not outweigh the doubt of."""
    found = compare(a, b, class_, class_)
    assert found.weight_bits <= 0, found
    assert compare(b, a, class_, class_).weight_bits == found.weight_bits


@pytest.mark.parametrize(("class_a", "a", "class_b", "b"), KINDS_APART, ids=lambda value: value)
def test_kinds_apart(class_a: str, a: str, class_b: str, b: str) -> None:
    """Disjoint kinds outweigh shared words; an equal name across them stays below what a merge needs."""
    assert compare(a, b, class_a, class_b).weight_bits < ENOUGH_BITS


def test_there_are_pairs_enough() -> None:
    """The table is long enough to mean something."""
    assert len({*SAME, *DIFFERENT}) >= 150
