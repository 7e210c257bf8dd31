"""The derivation of Section 3, imported once, and settled once in a folder of its own."""

from pathlib import Path

import pytest

from proofcheck.results import DerivationResult
from proofcheck.running.collecting import Derivation, find, load
from proofcheck.running.run import Settings, run, save

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def derivation() -> Derivation:
    [source] = find([ROOT / "derivations" / "bu_xu_chen_2021"])
    return load(source)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proofcheck")


@pytest.fixture(scope="session")
def settled(derivation: Derivation, folder: Path) -> DerivationResult:
    """The whole derivation, from an empty store, its record saved in the folder."""
    result = run([derivation], Settings(folder=folder, jobs=2))
    save(result, folder)
    return result.derivations[0]
