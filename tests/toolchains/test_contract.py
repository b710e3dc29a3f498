"""What every toolchain does: a sound project passes every stage, each planted fault is found where it lies."""

from pathlib import Path

import pytest

from guild.errors import ToolchainError
from guild.sandbox import open_sandbox
from guild.toolchains import LANGUAGES, Report, Toolchain, open_toolchain
from guild.values import Expect, key
from guild.workspace import Workspace
from tests.toolchains.opened import toolchain
from tests.toolchains.samples import SAMPLES, Fault, Sample

MARKS = {"go": [pytest.mark.go], "rust": [pytest.mark.rust]}
FAULTS = [
    pytest.param(language, name, marks=MARKS.get(language, []))
    for language, sample in SAMPLES.items()
    for name in sample.faults
]


@pytest.fixture(params=[pytest.param(language, marks=MARKS.get(language, [])) for language in LANGUAGES])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def tool(language: str) -> Toolchain:
    return toolchain(language)


@pytest.fixture
def sample(language: str) -> Sample:
    return SAMPLES[language]


def placed(root: Path, files: dict[str, str]) -> Path:
    Workspace(root).write(files)
    return root


def asked(stage: str, tool: Toolchain, root: Path) -> Report:
    return {"build": tool.build, "vet": tool.vet, "test": tool.test}[stage](root)


def oracle(call: str, want: str) -> Expect:
    return Expect(call=call, want=[want], line=7)


def test_every_language_has_a_sample_and_opens(language: str, tool: Toolchain) -> None:
    assert tool.language == language
    assert tool.version
    assert language in SAMPLES


def test_an_unknown_language_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ToolchainError, match="go"):
        open_toolchain("cobol", open_sandbox(unsafe_host=True), tmp_path, path="")


def test_a_sound_project_passes_every_stage(tool: Toolchain, sample: Sample, tmp_path: Path) -> None:
    root = placed(tmp_path, sample.files)
    built, vetted, tested = tool.build(root), tool.vet(root), tool.test(root)
    assert [report.ok for report in (tool.parse(sample.files), built, vetted, tested)] == [True] * 4
    assert built.diagnostics == vetted.diagnostics == tested.diagnostics == ()
    assert (built.packages, vetted.packages) == sample.packages
    assert {each.name for each in tested.tests if each.passed} == set(sample.tests)
    assert Workspace(root).read() == sample.files


@pytest.mark.parametrize(("language", "name"), FAULTS)
def test_a_planted_fault_is_found_where_it_lies(language: str, name: str, tmp_path: Path) -> None:
    sample, tool = SAMPLES[language], toolchain(language)
    fault: Fault = sample.faults[name]
    root = placed(tmp_path, {**sample.files, **fault.edit})
    report = asked(fault.stage, tool, root)
    assert not report.ok
    found = next((each for each in report.diagnostics if each["code"] == fault.code), None)
    assert found, report.diagnostics
    assert (found["path"], found["line"]) == (fault.path, fault.line)
    assert (found["symbol"], found.get("test", ""), found["stage"]) == (fault.symbol, fault.test, fault.stage)
    assert str(root) not in found["message"]
    assert {key(each) for each in asked(fault.stage, tool, root).diagnostics} == {
        key(each) for each in report.diagnostics
    }


def test_a_fault_that_was_seen_below_another_root_is_placed_below_this_one(
    tool: Toolchain, sample: Sample, tmp_path: Path
) -> None:
    fault = sample.faults["suspect"]
    for name in ("one", "two"):
        root = placed(tmp_path / name, {**sample.files, **fault.edit})
        assert [each["path"] for each in tool.vet(root).diagnostics] == [fault.path]


def test_one_broken_package_hides_no_other(tool: Toolchain, sample: Sample, tmp_path: Path) -> None:
    faults = [
        fault for fault in sample.faults.values() if fault.code in ("undefined", "syntax") and fault.stage == "build"
    ]
    edits = {path: text for fault in faults for path, text in fault.edit.items()}
    report = tool.build(placed(tmp_path, {**sample.files, **edits}))
    assert {each["path"] for each in report.diagnostics} >= {fault.path for fault in faults if fault.symbol != "main"}


def test_packages_that_type_check_are_counted(tool: Toolchain, sample: Sample, tmp_path: Path) -> None:
    fault = sample.faults["undefined"]
    assert tool.build(placed(tmp_path, {**sample.files, **fault.edit})).packages == sample.packages[0] - 1


def test_a_source_is_formatted_unless_it_does_not_parse(tool: Toolchain, sample: Sample) -> None:
    assert tool.format(sample.untidy) == sample.tidy
    assert tool.format(sample.tidy) == sample.tidy
    assert tool.format(sample.broken) == sample.broken


def test_what_the_scaffold_gives_builds(tool: Toolchain, sample: Sample, tmp_path: Path) -> None:
    root = placed(tmp_path, {**sample.files, **tool.scaffold("example.org/shapes")})
    assert tool.build(root).ok


def test_a_census_lists_symbols_tests_and_what_cannot_fail(sample: Sample, tool: Toolchain) -> None:
    census = tool.census(sample.files)
    assert census.symbols >= set(sample.symbols)
    assert [test.rpartition(":")[2] for test in census.tests] == [sample.tests[0]]
    assert census.hollow == ()


def test_oracles_hold_fail_or_do_not_compile_each_for_itself(tool: Toolchain, sample: Sample, tmp_path: Path) -> None:
    expect = [*(oracle(*pair) for pair in sample.expect), oracle(*sample.wrong), oracle(*sample.uncompilable)]
    results = tool.ask_oracles(sample.files, expect)
    assert [each["ok"] for each in results] == [True] * len(sample.expect) + [False, None]
    assert [each["line"] for each in results] == [7] * len(expect)
    assert "42" in results[-2]["message"]
    assert "41" in results[-2]["message"]


def test_rendered_oracles_pass_as_tests_of_the_project(tool: Toolchain, sample: Sample, tmp_path: Path) -> None:
    rendered = tool.acceptance(sample.files, [oracle(*pair) for pair in sample.expect])
    root = placed(tmp_path, {**sample.files, **rendered})
    assert tool.vet(root).ok
    assert {each.name for each in tool.test(root).tests if each.passed} > set(sample.tests)


def test_a_library_does_not_serve(tool: Toolchain, sample: Sample) -> None:
    assert not tool.serves(sample.files)
