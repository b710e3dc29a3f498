"""A real OpenAI-compatible HTTP server on loopback that can misbehave in every way that servers do."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

from guild.models.endpoint import COUNT

Payload = dict[str, Any]
GREETING = "Hello."
Break = Literal["", "at once", "mid-stream", "no finish", "error event"]
Prefill = Literal["starts again", "starts again alike", "goes on", "echoes", "refuses"]


@dataclass
class Manners:
    """How the server behaves; `every=3` puts the fault on calls 3, 6, 9, ... and `every=1` on all of them."""

    answer: Callable[[Payload], str] = lambda payload: "package numkit\n"
    models: list[str] | None = field(default_factory=lambda: ["tiny"])
    """None: there is no /v1/models."""
    key: str = ""
    every: int = 0
    status: int = 0
    """Answer the faulty call with this status: 429, 500."""
    message: str = "try again"
    """What the faulty call's status is explained with."""
    retry_after: str = ""
    broken: Break = ""
    """Break the faulty call's connection."""
    finish: str = "stop"
    delay: float = 0.0
    """Seconds before each piece of a reply."""
    prompt_tokens: Callable[[int], int] | None = None
    """From the length of the prompt in characters; None: nothing is said of usage."""
    kind: Literal["plain", "llama.cpp", "vllm", "ollama"] = "plain"
    context: int = 8192
    rude: bool = False
    """The greeting on opening a model counts as a call and may meet the fault, too."""
    refuses: tuple[str, ...] = ()
    """Parameters that are refused with 400."""
    prefill: Prefill = "starts again"
    """What becomes of an answer whose beginning is given as the last message."""


class Server:
    """The running server: `url` to give as --base-url, `calls` as the requests that came in after the greeting."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self.calls: list[Payload] = []
        self.greetings = 0
        self.loaded: set[str] = set()
        self.hung_up = threading.Event()
        self.lock = threading.Lock()
        server = self

        class Handler(_Handler):
            owner = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        manners = self.owner.manners
        if self._refused():
            return
        if self.path == "/v1/models" and manners.models is not None:
            extra = {"max_model_len": manners.context} if manners.kind == "vllm" else {}
            self._json(
                {"object": "list", "data": [{"id": name, "object": "model", **extra} for name in manners.models]}
            )
        elif self.path == "/props" and manners.kind == "llama.cpp":
            self._json({"default_generation_settings": {"n_ctx": manners.context}, "total_slots": 2})
        elif self.path == "/api/ps" and manners.kind == "ollama":
            loaded = [{"name": name, "model": name, "context_length": manners.context} for name in self.owner.loaded]
            self._json({"models": loaded})
        else:
            self._json({"error": {"message": "no such route"}}, 404)

    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refused():
            return
        if self.path == "/tokenize" and self.owner.manners.kind in ("llama.cpp", "vllm"):
            tokens = list(range(len(payload.get("content", payload.get("prompt", ""))) // 8))
            self._json({"tokens": tokens, "count": len(tokens)})
        elif self.path == "/v1/chat/completions":
            self._chat(payload)
        else:
            self._json({"error": {"message": "no such route"}}, 404)

    def _refused(self) -> bool:
        manners = self.owner.manners
        if manners.key and self.headers.get("Authorization") != f"Bearer {manners.key}":
            self._json({"error": {"message": "Incorrect API key provided", "type": "invalid_request_error"}}, 401)
            return True
        return False

    def _chat(self, payload: Payload) -> None:
        manners = self.owner.manners
        greeting = payload["messages"][1]["content"] in (GREETING, COUNT.prompt) and not manners.rude
        with self.owner.lock:
            self.owner.greetings += greeting
            self.owner.calls += [] if greeting else [payload]
            faulty = not greeting and bool(manners.every) and len(self.owner.calls) % manners.every == 0
        wrong = [name for name in manners.refuses if name in payload]
        begun = payload["messages"][-1]["content"] if payload["messages"][-1]["role"] == "assistant" else ""
        if manners.models is not None and payload["model"] not in manners.models:
            self._json({"error": {"message": f"model '{payload['model']}' not found", "code": "model_not_found"}}, 404)
        elif wrong:
            message = f"Unsupported parameter: '{wrong[0]}'."
            if wrong[0] == "max_tokens":
                message += " Use 'max_completion_tokens' instead."
            self._json({"error": {"message": message, "param": wrong[0], "code": "unsupported_parameter"}}, 400)
        elif begun and manners.prefill == "refuses":
            self._json({"error": {"message": "The last message must be the user's.", "code": "bad_request"}}, 400)
        elif faulty and manners.status:
            self._json({"error": {"message": manners.message}}, manners.status, manners.retry_after)
        elif faulty and manners.broken == "at once":
            self._hang_up()
        else:
            self.owner.loaded.add(payload["model"])
            text = self._greeting(begun) if greeting else manners.answer(payload)
            self._stream(
                payload, f"{begun if manners.prefill == 'echoes' else ''}{text}", manners.broken if faulty else ""
            )

    def _greeting(self, begun: str) -> str:
        """Greet, or count: on from where the answer was begun, or from one again."""
        if not begun:
            return "Hello!"
        anew = "one, two, three, four, five, six"
        on = self.owner.manners.prefill in ("goes on", "echoes")
        return " four, five, six" if on else anew if self.owner.manners.prefill.endswith("alike") else anew.title()

    def _stream(self, payload: Payload, text: str, broken: Break) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = [text[start : start + 8] for start in range(0, len(text), 8)]
        try:
            for number, piece in enumerate(pieces):
                if broken and number == max(1, len(pieces) // 2):
                    break
                time.sleep(self.owner.manners.delay)
                self._event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
            self._end(payload, broken)
        except (BrokenPipeError, ConnectionResetError):
            self.owner.hung_up.set()
            self.close_connection = True

    def _end(self, payload: Payload, broken: Break) -> None:
        if broken == "mid-stream":
            self._hang_up()
            return
        if broken == "error event":
            self._event({"error": {"message": "the model's runner crashed", "code": 500}})
        elif not broken:
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": self.owner.manners.finish}]})
            self._usage(payload)
            self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _usage(self, payload: Payload) -> None:
        count = self.owner.manners.prompt_tokens
        if count and payload.get("stream_options", {}).get("include_usage"):
            sent = count(sum(len(message["content"]) for message in payload["messages"]))
            usage = {"prompt_tokens": sent, "completion_tokens": 7, "total_tokens": sent + 7}
            self._event({"choices": [], "usage": usage})

    def _event(self, body: Payload) -> None:
        head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "tiny"}
        self._chunk(b"data: " + json.dumps({**head, **body}).encode() + b"\n\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _json(self, body: object, status: int = 200, retry_after: str = "") -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(data)
