"""Serve a GGUF model in OpenAI's chat protocol on loopback: `python serve.py FILE PORT [bound]`.

It needs llama-cpp-python and nothing of Rein. One answer is written at a time, and given up
when the client goes away. A JSON schema binds the answer if `bound` is given, which makes it
twenty times slower; else a `response_format` is refused, as by servers that know none.
"""

import json
import select
import socket
import sys
import time
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from threading import Lock
from typing import Any

CONTEXT = 4096


class Answers(BaseHTTPRequestHandler):
    """Answers requests with `model`, set below."""

    protocol_version = "HTTP/1.1"
    model: Any
    bound: bool
    turn = Lock()

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "response_format" in asked and not self.bound:
            self._send(400, {"error": "response_format is not known here"})
            return
        with self.turn:
            if asked.get("stream"):
                self._stream(asked)
            else:
                self._whole(asked)

    def _whole(self, asked: dict[str, Any]) -> None:
        chunks = list(self._chunks(asked))
        text = "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks)
        finish = chunks[-1]["choices"][0]["finish_reason"] if chunks else "stop"
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        self._send(200, {"choices": [choice], "usage": self._usage(asked, text)})

    def _send(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, asked: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        text = ""
        for chunk in self._chunks(asked):
            text += chunk["choices"][0]["delta"].get("content") or ""
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()
        last = json.dumps({"choices": [], "usage": self._usage(asked, text)})
        self.wfile.write(f"data: {last}\n\ndata: [DONE]\n\n".encode())
        self.close_connection = True

    def _chunks(self, asked: dict[str, Any]) -> Generator[dict[str, Any]]:
        form: dict[str, Any] = asked.get("response_format") or {"type": "text"}
        if form["type"] == "json_schema":
            form = {"type": "json_object", "schema": form["json_schema"]["schema"]}
        for chunk in self.model.create_chat_completion(
            asked["messages"],
            max_tokens=asked["max_tokens"],
            temperature=asked["temperature"],
            response_format=form,
            stream=True,
        ):
            if _is_gone(self.connection):
                return
            yield chunk

    def _usage(self, asked: dict[str, Any], text: str) -> dict[str, int]:
        said = " ".join(message["content"] for message in asked["messages"])
        prompt, output = (len(self.model.tokenize(part.encode())) for part in (said, text))
        return {"prompt_tokens": prompt, "completion_tokens": output}

    def log_message(self, format: str, *args: object) -> None:
        sys.stderr.write(f"{time.strftime('%X')} {format % args}\n")


def _is_gone(client: socket.socket) -> bool:
    readable, _, _ = select.select([client], [], [], 0)
    return bool(readable) and not client.recv(1, socket.MSG_PEEK)


if __name__ == "__main__":
    file, port, *bound = sys.argv[1:]
    llama = import_module("llama_cpp").Llama
    Answers.bound = bool(bound)
    Answers.model = llama(file, n_ctx=CONTEXT, n_threads=1, verbose=False)
    ThreadingHTTPServer(("127.0.0.1", int(port)), Answers).serve_forever()
