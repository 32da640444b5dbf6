"""Who made and who publishes the data set, and whom to turn to: organisations, never persons."""

from __future__ import annotations

from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.triples import Triples, typed
from buendnis_graph.publish.catalogue.words import words


def say_agents(out: Triples, about: About) -> None:
    """Describe publisher, creator and contact.

    DCAT-AP asks for a publisher. As long as the data set names none, its authors stand in, and a note says so.
    """
    for agent in (about.creator, about.publisher):
        out.say(agent.iri, "a", "foaf:Agent", "prov:Agent")
        out.say(agent.iri, "foaf:name", typed(agent.name, "xsd:string"))
    if not about.has_publisher:
        out.say_both(about.publisher.iri, "skos:editorialNote", words("publisher", "stand-in"))
    if about.contact:
        out.say(about.contact.iri, "a", "vcard:Kind", "vcard:Organization")
        out.say(about.contact.iri, "vcard:fn", typed(about.contact.name, "xsd:string"))
        for way, address in about.contact.reach:
            out.say(about.contact.iri, way, address)
