import hashlib
from dataclasses import replace
from pathlib import Path

from guild.bench.origin import commit, fingerprint, weights
from guild.settings import Settings
from tests.conftest import ROOT


def test_a_fingerprint_changes_with_what_decides() -> None:
    plain = Settings(model="script:none")
    prints = [
        fingerprint(plain, "row"),
        fingerprint(replace(plain, seed=2), "row"),
        fingerprint(plain, "other row"),
        fingerprint(plain, "row", "loop"),
    ]
    assert len(set(prints)) == 4 and fingerprint(plain, "row") == prints[0]


def test_weights_are_known_by_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "own.gguf"
    path.write_bytes(b"weights")
    assert weights(f"local:{path}") == hashlib.sha256(b"weights").hexdigest()
    assert len(weights("local:qwen2.5-coder-1.5b")) == 64
    assert weights("qwen@http://localhost:1/v1") == ""


def test_the_commit_is_that_of_the_checkout() -> None:
    assert bool(commit()) == (ROOT / ".git").exists()
