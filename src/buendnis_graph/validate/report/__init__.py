"""Reports: findings with their places and in words, as text for people, JSON, SARIF and the W3C's Turtle."""

from buendnis_graph.validate.report.as_json import as_json
from buendnis_graph.validate.report.as_sarif import as_sarif
from buendnis_graph.validate.report.as_text import render
from buendnis_graph.validate.report.as_turtle import as_turtle
from buendnis_graph.validate.report.findings import Finding, Places, findings

__all__ = ["Finding", "Places", "as_json", "as_sarif", "as_turtle", "findings", "render"]
