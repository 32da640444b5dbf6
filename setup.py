"""Puts the lint's rules into the built package: they live in ``ontology/lint/``, beside the shapes they are for."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithRules(build_py):
    """Copies the rules; an editable installation reads them where they are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "buendnis_graph" / "validate" / "lint" / "packaged"
        self.mkpath(str(target))
        for path in sorted(Path("ontology/lint").iterdir()):
            self.copy_file(str(path), str(target / path.name))


setup(cmdclass={"build_py": BuildWithRules})
