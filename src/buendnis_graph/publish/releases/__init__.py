"""Releases: versions of the data, what changed between them, and where addresses lead that changed."""

from buendnis_graph.publish.releases.make import Asked, Plan, release
from buendnis_graph.publish.releases.manifest import Manifest, check_files, read_releases
from buendnis_graph.publish.releases.patch import Patch, apply_patch, patch_between, read_patch, write_patch
from buendnis_graph.publish.releases.redirects import redirects

__all__ = [
    "Asked",
    "Manifest",
    "Patch",
    "Plan",
    "apply_patch",
    "check_files",
    "patch_between",
    "read_patch",
    "read_releases",
    "redirects",
    "release",
    "write_patch",
]
