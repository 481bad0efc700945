"""Servers that behave as badly as a test asks for: an HTTP server, and a proxy that cuts connections.

    storage.py FILE [TARGET]

FILE is what they serve; TARGET, HOST:PORT, is where the proxy leads. Prints a line of JSON with the ports and runs until its
standard input ends. The path says what the server does; the proxy's first line of standard input says how many bytes of each
connection's answer it lets through, and of how many connections.
"""

import email.utils
import hashlib
import http.server
import json
import pathlib
import socket
import socketserver
import sys
import threading
import time
import urllib.parse

DATA = pathlib.Path(sys.argv[1]).read_bytes()
TAG = f'"{hashlib.md5(DATA).hexdigest()}"'
counts = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, headers, body=b""):
        self.send_response(status)
        headers = {"Content-Length": len(body)} | headers | {"Connection": "close"}
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def part(self, tag=TAG, limit=None, length=None, **headers):
        """The data, or the part of it that was asked for; broken off after `limit` bytes."""
        start = 0
        if (asked := self.headers.get("Range")) and self.headers.get("If-Range") in (None, tag):
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        body = DATA[start:]
        found = {"ETag": tag, "Accept-Ranges": "bytes", "Content-Type": "audio/wav",
                 "Content-Length": len(body) if length is None else length} | headers
        if start:
            found["Content-Range"] = f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"
        self.answer(206 if start else 200, found, body[:limit])

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        name, _, argument = url.path.strip("/").partition("/")
        counts[self.path] = number = counts.get(self.path, 0) + 1
        match name:
            case "ok":
                if self.headers.get("If-None-Match") == TAG:
                    return self.answer(304, {"ETag": TAG})
                return self.part()
            case "count":
                return self.answer(200, {"Content-Type": "audio/wav"}, str(counts.get("/" + argument, 0)).encode())
            case "cut":  # An eighth of it, then nothing.
                return self.part(limit=len(DATA) // 8)
            case "cut-once":
                return self.part(limit=len(DATA) // 2 if number == 1 else None)
            case "cut-changing":
                return self.part(tag=f'"{number}"', limit=len(DATA) // 2)
            case "cut-untagged":
                return self.part(tag=None, limit=len(DATA) // 2)
            case "short":  # Promises more than there is.
                return self.part(length=len(DATA) + 1000)
            case "long":  # Sends more than it promises.
                return self.part(length=len(DATA) - 1000)
            case "promises":
                return self.answer(200, {"Content-Length": 1 << 40}, DATA)
            case "endless":
                self.send_response(200)
                self.send_header("Connection", "close")
                self.end_headers()
                while True:
                    self.wfile.write(bytes(1 << 16))
            case "stall":
                self.part(limit=1000)
                time.sleep(30)
            case "silence":
                time.sleep(30)
            case "trickle":
                self.send_response(200)
                self.send_header("Connection", "close")
                self.end_headers()
                while True:
                    self.wfile.write(b"x")
                    time.sleep(0.2)
            case "status":
                return self.answer(int(argument), {})
            case "later":
                return self.answer(503, {"Retry-After": argument})
            case "later-by-date":
                return self.answer(503, {"Retry-After": email.utils.formatdate(time.time() + 60, usegmt=True)})
            case "flaky":  # Fails as often as the argument says.
                return self.answer(503, {"Retry-After": 1}) if number <= int(argument) else self.part()
            case "html":
                return self.answer(200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>not here</html>")
            case "to":
                return self.answer(302, {"Location": urllib.parse.unquote(url.query)})
            case "loop":
                return self.answer(302, {"Location": "/loop"})
        return self.answer(404, {})


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


cuts = {"bytes": 0, "left": 0}


class Proxy(socketserver.BaseRequestHandler):
    def handle(self):
        host, _, port = sys.argv[2].rpartition(":")
        with socket.create_connection((host, int(port))) as target:
            threading.Thread(target=self.copy, args=(self.request, target), daemon=True).start()
            limit = None
            if cuts["left"] > 0:
                cuts["left"] -= 1
                limit = cuts["bytes"]
            self.copy(target, self.request, limit)

    def copy(self, source, target, limit=None):
        try:
            while limit is None or limit > 0:
                chunk = source.recv(65536 if limit is None else min(limit, 65536))
                if not chunk:
                    break
                target.sendall(chunk)
                if limit is not None:
                    limit -= len(chunk)
        except OSError:
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class ProxyServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
ports = {"http": server.server_port}
if len(sys.argv) > 2:
    proxy = ProxyServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    ports["proxy"] = proxy.server_address[1]
print(json.dumps(ports), flush=True)
for line in sys.stdin:
    cuts["bytes"], cuts["left"] = map(int, line.split())
    print("{}", flush=True)
