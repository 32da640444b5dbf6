"""Judgements about identity with other data sets."""
