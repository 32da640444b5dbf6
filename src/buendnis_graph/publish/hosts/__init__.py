"""What lets a site answer as linked data should, on Apache, nginx, GitHub and GitLab Pages and behind w3id.org."""

from buendnis_graph.publish.hosts.addresses import Site

__all__ = ["Site"]
