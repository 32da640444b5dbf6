"""``make bench``: what the project is quick at, each beside a peer in the same run. Machines differ; the ratios are what counts."""

from __future__ import annotations

from tests.bench import names, networks, questions, validation

if __name__ == "__main__":
    questions.run()
    names.run()
    networks.run()
    validation.run()
