"""Words of German organisation names: what is dropped, what abbreviates what, what heads a compound."""

from __future__ import annotations

STOP_WORDS = frozenset(
    (
        "der die das des dem den ein eine einer eines einem einen fuer und in im am an auf zu zur zum von vom "
        "mit bei aus ueber the of for and e"
    ).split()
)
"""Articles, prepositions and conjunctions that names gain and lose; 'gegen' and 'ohne' are not among them."""

WEAK_WORDS = frozenset({"deutschland", "deutschlands", "bundesweit", "bundesweite", "bundesweites", "brd"})
"""Words a nationwide body's name may or may not carry."""

ABBREVIATIONS = {
    "ag": "arbeitsgemeinschaft",
    "arge": "arbeitsgemeinschaft",
    "bag": "bundesarbeitsgemeinschaft",
    "lag": "landesarbeitsgemeinschaft",
    "bv": "bundesverband",
    "lv": "landesverband",
    "kv": "kreisverband",
    "ov": "ortsverband",
    "dt": "deutsche",
    "ev": "evangelische",
    "evang": "evangelische",
    "evgl": "evangelische",
    "kath": "katholische",
    "luth": "lutherische",
    "ges": "gesellschaft",
    "gem": "gemeinnuetzige",
    "inst": "institut",
    "int": "internationale",
    "intern": "internationale",
    "nat": "nationale",
    "oekum": "oekumenische",
    "saechs": "saechsische",
    "st": "sankt",
    "fh": "fachhochschule",
    "foerderver": "foerderverein",
    "fu": "freieuniversitaet",
    "nrw": "nordrheinwestfalen",
    "th": "technischehochschule",
    "tu": "technischeuniversitaet",
    "uas": "universityappliedsciences",
    "uni": "universitaet",
    "uniklinik": "universitaetsklinik",
    "verb": "verband",
    "ver": "verein",
}
"""Abbreviations that stand before a full stop, or as a first word, for one word, or for several run together."""

COMPOUND_HEADS = tuple(
    sorted(
        (
            "agentur agenturen aktion arbeiter akademie allianz arbeit arbeits archiv beirat beratung beratungs "
            "bewegung bewegungs bildung bildungs buero buerger bund bundes buendnis dienst dienste dach "
            "demokratie deutschland diskriminierung diskriminierungs engagement familien fach flucht fluechtlings "
            "forschung forschungs forum frauen freiwilligen gemeinde gemeinschaft gemeinschafts genossenschaft "
            "gesellschaft gewerkschaft gewerkschafts gruppe gruppen haus hilfe hilfs informations initiative "
            "initiativen institut integrations jugend kirche kirchen kreis kultur kulturen landes lehrer liga "
            "medien menschen menschenrechts migranten mission netz netzwerk opfer organisation organisationen "
            "organisations orts paten patenschaften pfadfinder politik rat raete rechte rechts referat ring rings "
            "schaft schul schueler schule schulen selbst senioren sozial sport stadt stelle stellen stiftung "
            "stiftungen studien treff umwelt union verband verbands verbaende verein vereine vereinigung volks "
            "werk werke werkstatt wissenschaft wohlfahrt wohlfahrts zentral zentrum zentren anti eltern gegen "
            "erwachsenen kinder umwelt welt"
        ).split(),
        key=len,
        reverse=True,
    )
)
"""Parts at which compounds are cut to match acronyms (DGB: Deutscher Gewerkschafts|bund)."""

LEVELS = {
    "bundesverband": "federal",
    "bundesvereinigung": "federal",
    "gesamtverband": "federal",
    "dachverband": "federal",
    "landesverband": "state",
    "landesvereinigung": "state",
    "landesgruppe": "state",
    "landesstelle": "state",
    "landesbezirk": "state",
    "bezirksverband": "district",
    "bezirk": "district",
    "regionalverband": "district",
    "regionalgruppe": "district",
    "kreisverband": "county",
    "kreisvereinigung": "county",
    "kreisgruppe": "county",
    "landkreis": "county",
    "stadtverband": "local",
    "ortsverband": "local",
    "ortsverein": "local",
    "ortsgruppe": "local",
    "ortsgemeinschaft": "local",
    "lokalgruppe": "local",
    "jugend": "youth",
    "jugendverband": "youth",
}
"""Words that say which level of a federation a body is: branches are bodies of their own."""

PLACE_ENDINGS = tuple(
    (
        "au bach berg bergen born brueck bruecken brunn burg dorf eck fels feld felde furt hafen hagen hain "
        "hausen heim hof hofen horst ingen itz kirchen kirch land leben lingen loh muehl muenster nitz ow "
        "rath reuth rode roda see stadt staedt statt stedt stein tal thal um wald wang weiler werder wig wik "
        "wied witz zig zin"
    ).split()
)
"""Endings of place names: two places may differ in one letter (Freiberg, Freiburg), so these are no typos."""

REGIONS = frozenset(
    (
        "deutschland bundesweit baden-wuerttemberg bayern brandenburg hessen mecklenburg-vorpommern niedersachsen "
        "nordrhein-westfalen rheinland-pfalz saarland sachsen sachsen-anhalt schleswig-holstein thueringen nrw"
    ).split()
)
"""Places that are no municipality; a list that gives only these says nothing against a seat."""
