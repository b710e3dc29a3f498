from pathlib import Path

import pytest

from guild.bench.picture import draw, steps
from tests.bench.samples import result


def test_a_line_rises_where_a_row_is_green_and_ends_at_the_dearest() -> None:
    group = [result(seconds=5.0), result(seconds=2.0), result(seconds=9.0, ok=False)]
    assert steps(group, lambda each: each["seconds"]) == ([0.0, 2.0, 5.0, 9.0], [0, 1, 2, 2])


def test_the_picture_is_drawn_twice(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra `bench` is not installed")
    svg, png = draw([result(), result(arm="one-shot", ok=False)], tmp_path)
    assert "<svg" in svg.read_text() and png.read_bytes().startswith(b"\x89PNG")
