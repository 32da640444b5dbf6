"""The site: static pages in German and English, made from a built graph."""

from buendnis_graph.publish.site.folder import Written, write_site
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.page import Page

__all__ = ["Page", "Site", "Written", "write_site"]
