"""A provider on loopback that speaks the OpenAI wire format, and does as it is scripted.

Unscripted, it reads the user's message with our own grammar, as a well-behaved model would.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.dialogue import Action
from assistant.grammar import parse
from assistant.graph import context_in

Body = dict[str, Any]
Behaviour = Callable[[Body], "Action | list[Action] | str"]


def well_behaved(body: Body) -> "Action | str":
    messages = body["messages"]
    asked = max(n for n, m in enumerate(messages) if m["role"] == "user")
    done = sum(m["role"] == "tool" for m in messages[asked:])
    actions = parse(messages[asked]["content"], context_in(messages[0]["content"])).actions
    return actions[done] if done < len(actions) else '{"claims": []}'


def answers_of_tools(body: Body) -> list[Body]:
    return [json.loads(m["content"]) for m in body["messages"] if m["role"] == "tool"]


@dataclass
class StandIn:
    behaviour: Behaviour = well_behaved
    bodies: list[Body] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    status: int = 200
    answering: threading.Event = field(default_factory=threading.Event)
    """Cleared, it keeps whoever asks waiting."""
    url: str = ""


@contextmanager
def serve() -> Iterator[StandIn]:
    state = StandIn()
    state.answering.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            body = json.loads(raw)
            state.raw.append(raw)
            state.bodies.append(body)
            state.answering.wait()
            if state.status != 200:
                self._send(state.status, b'{"error": {"message": "no"}}', "application/json")
            else:
                message, reason = _message(state.behaviour(body), len(state.bodies))
                if body.get("stream"):
                    self._send(200, _events(message, reason), "text/event-stream")
                else:
                    choice = {"index": 0, "message": message, "finish_reason": reason}
                    self._send(200, json.dumps(_frame(choice)).encode(), "application/json")

        def _send(self, status: int, data: bytes, kind: str) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                pass  # the caller has given up waiting

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield state
    finally:
        state.answering.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _message(said: "Action | list[Action] | str", number: int) -> tuple[Body, str]:
    if isinstance(said, str):
        return {"role": "assistant", "content": said}, "stop"
    actions = said if isinstance(said, list) else [said]
    calls = [
        {
            "id": f"call_{number}_{n}",
            "type": "function",
            "function": {"name": a.tool, "arguments": json.dumps(a.args, ensure_ascii=False)},
        }
        for n, a in enumerate(actions)
    ]
    return {"role": "assistant", "content": None, "tool_calls": calls}, "tool_calls"


def _frame(choice: Body, kind: str = "chat.completion") -> Body:
    return {"id": "x", "object": kind, "created": 0, "model": "stand-in", "choices": [choice]}


def _events(message: Body, reason: str) -> bytes:
    calls = [{"index": n, **call} for n, call in enumerate(message.get("tool_calls", ()))]
    delta = {"role": "assistant", "content": message["content"]}
    delta |= {"tool_calls": calls} if calls else {}
    parts = [
        {"index": 0, "delta": delta, "finish_reason": None},
        {"index": 0, "delta": {}, "finish_reason": reason},
    ]
    frames = [json.dumps(_frame(part, "chat.completion.chunk")) for part in parts]
    return "".join(f"data: {frame}\n\n" for frame in [*frames, "[DONE]"]).encode()
