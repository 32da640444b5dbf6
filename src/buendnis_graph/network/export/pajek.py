"""Pajek's network file, and the partition of its vertices into bodies and alliances (Batagelj and Mrvar 1998)."""

from __future__ import annotations

from collections import Counter

from buendnis_graph.network.export.content import Content, text


def pajek(content: Content) -> dict[str, str]:
    """Return the network (``.net``) and the partition (``.clu``: 1 for bodies, 2 for alliances).

    Pajek's labels hold neither double quotes nor backslashes nor line breaks: single quotes, slashes and blanks stand
    for them. A label that two vertices share is followed by the vertex's name, as many programs take labels for names.
    The vertices stand in one list, as not all programs read Pajek's own head of a two-mode network.
    """
    labels = [_clean(node["label"]) for node in content.nodes]
    often = Counter(labels)
    names = [
        label if often[label] == 1 else f"{label} [{_clean(node['id'])}]"
        for label, node in zip(labels, content.nodes, strict=True)
    ]
    number = {node["id"]: n for n, node in enumerate(content.nodes, start=1)}
    net = [f"*Network {_clean(' '.join(content.about))}", f"*Vertices {len(names)}"]
    net += [f'{n} "{name}"' for n, name in enumerate(names, start=1)]
    net += ["*Edges"]
    net += [f"{number[edge['source']]} {number[edge['target']]} {text(edge['weight'])}" for edge in content.edges]
    parts = [f"*Vertices {len(names)}", *("2" if node["mode"] == "alliance" else "1" for node in content.nodes)]
    return {".net": "\n".join(net) + "\n", ".clu": "\n".join(parts) + "\n"}


def _clean(label: str) -> str:
    return " ".join(label.replace('"', "'").replace("\\", "/").split())
