"""Where a result comes from: versions and hashes, so that another person can make the same one, or know why not."""

import hashlib
import json
import platform
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path

import guild
from guild import process, prompts
from guild import settings as setting
from guild.models import LOCAL
from guild.models.embedded import cores
from guild.models.weights import CATALOGUE
from guild.process import Limits
from guild.retrieval import Corpus
from guild.settings import Settings
from guild.workshop import ROLES, Workshop

_BLOCK = 1 << 20


def versions(shop: Workshop) -> dict[str, str]:
    """Return what a result depends on beside its row and its Settings; the commit where this is a checkout."""
    return {
        "guild": metadata.version("guild"),
        "commit": commit(),
        "code": code(),
        "prompts": prompts.fingerprint(),
        "model": shop.models["dev"].name,
        "weights": _weights_of(shop.settings),
        "corpus": corpus(shop.corpus),
        shop.toolchain.language: shop.toolchain.version,
        "interpreter": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}, {cores()} cores",
    }


def fingerprint(settings: Settings, row: str, extra: object = None) -> str:
    """Return the SHA-256 of what decides a result: a row that was run under the same one is not run again."""
    decisive = [asdict(settings), row, code(), prompts.fingerprint(), _weights_of(settings), extra]
    return hashlib.sha256(json.dumps(decisive, sort_keys=True).encode()).hexdigest()


@cache
def code() -> str:
    """Return a SHA-256 over the package's own files."""
    whole, root = hashlib.sha256(), Path(guild.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return whole.hexdigest()


@cache
def commit() -> str:
    """Return the commit of the checkout that the code lies in, with `-dirty` where it was changed; else nothing."""
    git = process.which("git", setting.search_path())
    root = Path(guild.__file__).parent.parent
    if git is None or not (root / ".git").exists():
        return ""
    argv = (str(git), "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    done = process.run(argv, env=setting.environment(), limits=Limits(seconds=20))
    return done.stdout.strip() if done.returncode == 0 else ""


@cache
def weights(model: str) -> str:
    """Return the SHA-256 of an embedded model's weights; nothing of a model that others serve."""
    name = model.removeprefix(LOCAL)
    if name == model:
        return ""
    path = Path(name).expanduser()
    return CATALOGUE[name].sha256 if name in CATALOGUE else _hashed(path) if path.is_file() else ""


def _weights_of(settings: Settings) -> str:
    """Return the weights of every role's model, each once."""
    known = (weights(setting.model_for(settings, role)) for role in ROLES)
    return " ".join(dict.fromkeys(each for each in known if each))


def corpus(examples: Corpus) -> str:
    """Return a SHA-256 over the verified examples that prompts may show; nothing where there are none."""
    texts = [[example.instruction, example.response] for example in examples.examples]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest() if texts else ""


def _hashed(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()
