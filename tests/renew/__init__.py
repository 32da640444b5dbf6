"""Tests of the renewal of a build."""
