"""Surveying: what a request is about in a project that is there, and what is asked for because of it."""

import pytest

from guild.surveying import assigned, chosen, extended, free_name, is_said, likeliest, project_plan, survey_request
from guild.values import Expect
from tests.conftest import ROOT
from tests.nodes.samples import workshop

FOLDER = ROOT / "examples/tasks-api"
FILES = {path.name: path.read_text() for path in FOLDER.iterdir()}
BUG = "GET /tasks/0 answers 404. An id that is not positive must be answered with 400."


def plan(request: str):
    return project_plan("tasks-api", FILES, "go", request)


def test_a_plan_of_what_is_there_asks_for_nothing():
    made = plan(f"{BUG} Double(2) = 4.")
    roles = {task["path"]: task["role"] for task in made["tasks"]}
    assert roles["api.go"] == "dev" and roles["api_test.go"] == "test" and roles["go.mod"] == "module"
    assert (made["module"], made["language"], made["expect"]) == ("example.com/tasks-api", "go", [])
    assert not any("change" in task or task["tests"] for task in made["tasks"])
    assert made["stated"] == [Expect(call="Double(2)", want=["4"], line=0)]


@pytest.mark.parametrize(
    ("request_", "name", "among"),
    [
        (BUG, "readID", 1),
        ("Add a route GET /stats that counts the tasks.", "NewHandler", 1),
        ("GET /tasks takes a query parameter title: only tasks whose title contains it are listed.", "API.list", 1),
        ("DELETE /tasks/7 has to answer 200.", "API.delete", 1),
        ("Let Clean refuse titles with a line break.", "Draft.Clean", 1),
        ("maxTitleRunes should be 100.", "maxTitleRunes", 1),
    ],
)
def test_what_a_request_is_about_comes_first(request_, name, among):
    assert name in [each.found.name for each in likeliest(FILES, request_)[:among]]


def test_a_test_that_asks_for_a_route_is_like_a_request_that_speaks_of_it():
    """Nothing but the path tells that the test of the list's filters is one: it never says `title` or `parameter`."""
    said = "GET /tasks takes a query parameter title."
    names = [each.found.name for each in likeliest(FILES, said, tests=True) if len(each.found.text) < 1000]
    assert "TestListFilters" in names[:2]
    elsewhere = [each.found.name for each in likeliest(FILES, said.replace("/tasks", "/notes/all"), tests=True)]
    assert elsewhere.index("TestListFilters") > 3


def test_tests_are_no_implementation():
    assert {each.path for each in likeliest(FILES, BUG, tests=True)} == {"api_test.go", "main_test.go", "store_test.go"}
    assert not any(each.path.endswith("_test.go") for each in likeliest(FILES, BUG))


def test_a_survey_lists_what_is_likeliest_and_what_is_asked(tmp_path):
    asked = survey_request(workshop(tmp_path), plan(BUG), BUG, likeliest(FILES, BUG))
    assert BUG in asked.prompt and "api.go: readID - readID returns the id in the path" in asked.prompt
    assert asked.prompt.count(" - ") == 14 and asked.role == "plan"


def names(places):
    return [(each.path, each.found.name) for each in places]


def test_a_survey_that_chooses_is_heard_and_one_that_lists_all_is_not():
    places = likeliest(FILES, BUG)
    reply = "```\napi.go: API.get\n`store.go`: `Store.Get`\nnowhere.go: readID\n"
    assert names(chosen(reply, places)) == [("api.go", "readID"), ("api.go", "API.get"), ("store.go", "Store.Get")]
    every = "\n".join(f"{each.path}: {each.found.name}" for each in reversed(places))
    last = places[-1]
    near = [("api.go", "readID"), ("api.go", "API.get")]
    assert names(chosen(every, places)) == [*near, (last.path, last.found.name)]
    assert names(chosen("I cannot say.", places)) == near


def test_what_is_likeliest_is_changed_first_and_a_test_beside_it_is_to_show_it():
    places = {each.found.name: each for each in likeliest(FILES, BUG)}
    picked = [places["API.list"], places["Store.List"], places["Task"]]
    tasks = [task for task in assigned(plan(BUG), FILES, BUG, picked)["tasks"] if "change" in task]
    assert [(task["path"], task["role"], task["change"]) for task in tasks] == [
        ("api.go", "dev", ["API.list"]),
        ("store.go", "dev", ["Store.List"]),
        ("task.go", "dev", ["Task"]),
        ("api_test.go", "test", ["TestGetTasks0Answers"]),
    ]
    assert all(task["purpose"] == BUG for task in tasks) and tasks[-1]["needs"] == ["api.go", "store.go", "task.go"]
    more = extended({**plan(BUG), "tasks": tasks}, BUG, [("task.go", "Draft"), ("store.go", "Store.List")])
    assert [(task["path"], task["change"]) for task in more["tasks"]] == [
        ("task.go", ["Draft", "Task"]),
        ("store.go", ["Store.List"]),
        ("api.go", ["API.list"]),
        ("api_test.go", ["TestGetTasks0Answers"]),
    ]


def test_where_no_test_lies_beside_the_code_a_file_of_tests_is_new():
    files = {path: text for path, text in FILES.items() if not path.endswith("_test.go")}
    [picked] = [each for each in likeliest(files, BUG) if each.found.name == "readID"]
    last = [task for task in assigned(plan(BUG), files, BUG, [picked])["tasks"] if "change" in task][-1]
    assert (last["path"], last["role"]) == ("api_test.go", "test")


def test_a_name_is_free():
    assert free_name("TestA", []) == "TestA"
    assert free_name("TestA", ["TestA", "TestA2", "TestB"]) == "TestA3"


@pytest.mark.parametrize(
    ("name", "said"), [("Task", True), ("Store.List", False), ("Draft", True), ("clean", False), ("Tasks", False)]
)
def test_a_name_is_said_where_it_stands_as_it_is_written(name: str, said: bool) -> None:
    """`clean` is a word like any other."""
    assert is_said(name, "Add a field Priority to Task and Draft, and keep the list clean.") is said
