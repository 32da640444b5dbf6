"""Tests that need a package of the operating system."""
