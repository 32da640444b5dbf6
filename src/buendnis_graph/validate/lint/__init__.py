"""Lint shapes and ontology: faults of the checks themselves, which no validation reports."""

from buendnis_graph.validate.lint.inputs import Inputs, file_inputs, project_inputs
from buendnis_graph.validate.lint.report import render
from buendnis_graph.validate.lint.rules import LintRule, default_folder, read_lint_rules
from buendnis_graph.validate.lint.run import LintFinding, LintReport, run_lint

__all__ = [
    "Inputs",
    "LintFinding",
    "LintReport",
    "LintRule",
    "default_folder",
    "file_inputs",
    "project_inputs",
    "read_lint_rules",
    "render",
    "run_lint",
]
