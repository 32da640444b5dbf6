"""``make bench``: what the project is quick at, each beside a peer in the same run. Machines differ; the ratios are what counts."""

from __future__ import annotations

from tests.bench import catalogue, names, networks, publishing, pushing, questions, reconciling, serving, validation

if __name__ == "__main__":
    questions.run()
    catalogue.run()
    names.run()
    reconciling.run()
    networks.run()
    validation.run()
    publishing.run()
    pushing.run()
    serving.run()
