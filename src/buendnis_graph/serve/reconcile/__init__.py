"""Reconciliation API 0.2 and 1.0-draft: which of our things a name in somebody's table stands for.

Specifications: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ and
https://reconciliation-api.github.io/specs/draft/.
"""
