"""The whole graph as files: RDF, tables and networks, with a manifest that says what each file is."""

from buendnis_graph.publish.dumps.kinds import Kind, kinds
from buendnis_graph.publish.dumps.manifest import MANIFEST, Dump, Manifest, read_manifest
from buendnis_graph.publish.dumps.write import FORMATS, write_dumps

__all__ = ["FORMATS", "MANIFEST", "Dump", "Kind", "Manifest", "kinds", "read_manifest", "write_dumps"]
