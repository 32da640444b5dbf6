"""Tests of the SPARQL page's markup and data; tests/browser has those in a real browser."""
