"""A connection to one server: asked with patience, each fault that stays told in one line."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import openai
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, stop_after_delay

from guild.errors import SettingsError
from guild.models.faults import BrokenStream, Patience, explain, passing, reason, shown
from guild.models.request import ignore
from guild.settings import PLACEHOLDER_KEY

LOOPBACK = ("localhost", "127.0.0.1", "::1")
Result = TypeVar("Result")


class Connection:
    """Everything that is sent to one server goes through here; what is on loopback never goes through a proxy."""

    def __init__(
        self, url: str, key: str = "", patience: Patience | None = None, report: Callable[[str], None] = ignore
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(f"base URL {shown(url)!r}: must be like http://localhost:11434/v1")
        self.url, self.key, self.report = url.rstrip("/"), key or PLACEHOLDER_KEY, report
        self.patience = patience or Patience()
        self.timeout = openai.Timeout(self.patience.read, connect=self.patience.connect)
        self.http = openai.DefaultHttpxClient(timeout=self.timeout, trust_env=parts.hostname not in LOOPBACK)
        self.api = openai.OpenAI(
            base_url=self.url, api_key=self.key, http_client=self.http, timeout=self.timeout, max_retries=0
        )

    def patiently(self, work: Callable[[], Result], about: str = "", attempts: int = 0) -> Result:
        """Do the work, again after every fault that may pass; EndpointError with the mend for one that stays."""
        retrying = Retrying(
            retry=retry_if_exception(passing),
            stop=stop_after_attempt(attempts or self.patience.attempts) | stop_after_delay(self.patience.in_all),
            wait=self.patience.wait,
            before_sleep=self._tell,
            reraise=True,
        )
        try:
            return retrying(work)
        except (openai.OpenAIError, BrokenStream, ValueError) as error:
            if isinstance(error, ValueError) and not passing(error):
                raise
            raise explain(error, about, self.url) from error

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def _tell(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if error and state.next_action:
            self.report(f"{shown(self.url)}: {reason(error)}; asking again in {state.next_action.sleep:.1f} s")
