import re
from collections import Counter
from pathlib import Path


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def top(text: str, most: int) -> list[tuple[str, int]]:
    return sorted(Counter(words(text)).items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def main(argv: list[str]) -> int:
    return 0 if Path(argv[0]).is_file() else 1
