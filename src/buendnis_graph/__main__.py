"""``python -m buendnis_graph``."""

from buendnis_graph.cli import main

main()
