"""Serve a built graph: SPARQL 1.1 Protocol and linked data, behind walls that hold.

One process speaks HTTP and evaluates nothing. Queries are evaluated by worker processes, forked from one that holds the
store, with hard limits of time and memory: a worker that overruns them is killed and replaced.
"""
