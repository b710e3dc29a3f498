"""The one error tree, split by who must act.

GuildError
├── UserError            the user's input is wrong (exit 2)
│   ├── SpecError        a Spec, with its file, key and line
│   ├── PromptError      a prompt file, or what it was given
│   ├── SettingsError    a flag, a setting or a variable of the environment
│   └── OutputError      a folder that is not ours to overwrite
├── MachineError         the machine lacks something (exit 3)
│   ├── ToolchainError   no compiler, or one too old
│   ├── SandboxError     no way to isolate generated code
│   ├── EndpointError    a model's server is out of reach, refuses the key or has no such model
│   └── WeightsError     a model's weights cannot be had
├── ModelError           a model's answer is of no use; the loop draws again
│   ├── ReplyError       nothing usable in a reply
│   ├── PromptTooLong    a prompt does not fit the model's context
│   └── ScriptExhausted  the scripted model was asked outside its script
└── RunError             a run cannot go on as asked (exit 2)
    ├── RunNotFound      no such run, or step of it
    └── RunLocked        another process works on it
"""

NOTHING_LOST = "nothing is lost"
"""How a note begins that says how to go on after an error."""


class GuildError(Exception):
    """Anything that guild raises on purpose: one line, with the way to mend it."""


class UserError(GuildError):
    """The user's input is wrong."""


class SpecError(UserError):
    """A Spec is wrong: says which file, key and line."""

    def __init__(self, message: str, *, source: str = "spec", key: str = "", line: int = 0) -> None:
        where = f"{source}:{line}" if line else source
        super().__init__(f"{where}: {key}: {message}" if key else f"{where}: {message}")
        self.source, self.key, self.line = source, key, line


class PromptError(UserError):
    """A prompt file is wrong, or was given other inputs than it declares."""


class SettingsError(UserError):
    """A flag, a setting or a variable of the environment is wrong."""


class OutputError(UserError):
    """A path is not ours to write."""


class MachineError(GuildError):
    """The machine lacks something."""


class ToolchainError(MachineError):
    """No compiler is there, or one too old."""


class SandboxError(MachineError):
    """Generated code cannot be isolated here."""


class EndpointError(MachineError):
    """A model's server is out of reach, refuses the key, or has no such model."""


class WeightsError(MachineError):
    """A model's weights cannot be had."""


class ModelError(GuildError):
    """A model's answer is of no use."""


class ReplyError(ModelError):
    """Nothing usable stands in a reply."""


class PromptTooLong(ModelError):
    """A prompt does not fit the context of the model that it is meant for."""


class ScriptExhausted(ModelError):
    """The scripted model was asked for something outside its script."""


class RunError(GuildError):
    """A run cannot go on as asked."""


class RunNotFound(RunError):
    """There is no such run, or no such step of it."""


class RunLocked(RunError):
    """Another process works on this run."""
