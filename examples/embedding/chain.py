"""A build as a link of a LangChain chain: a Spec goes in, one line of what was reached comes out.

The answers come from a script, so that the example runs offline; leave `model` out to build with the embedded model.
"""

from pathlib import Path

from langchain_core.runnables import RunnableLambda

import guild
from guild.state import State

HERE = Path(__file__).parent
SPEC = HERE.parent.parent / "specs" / "numkit.yaml"


def report(state: State) -> str:
    """Say how the build ended."""
    score = state["verdict"]["score"]
    return f"{state['plan']['name']}: {state['outcome']}, {score['total']} of {score['max']}"


project = guild.build_project(model=f"script:{HERE / 'answers.yaml'}")
chain = project | RunnableLambda(report)

if __name__ == "__main__":
    print(chain.invoke(str(SPEC)))
