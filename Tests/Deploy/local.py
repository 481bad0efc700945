"""Containers of rendered pods as processes of this machine: their folders lie under one folder, their ports are free ones."""

import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import yaml


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


class Pod:
    """A pod's spec with its volumes filled: `fill(volume, folder)` puts into a folder what a volume holds."""

    def __init__(self, objects, key, folder, fill, change):
        self.key, self.folder, self.change = key, folder, change
        obj = objects[key]
        self.spec = obj["spec"] if obj["kind"] == "Pod" else obj["spec"]["template"]["spec"]
        self.ports = {}
        folder.mkdir(parents=True)
        for volume in self.spec.get("volumes", []):
            place = folder / volume["name"]
            fill(volume, place)

    def container(self, name=None):
        """The one of that name, or the first that stays."""
        if name is None:
            return self.spec["containers"][0]
        return next(each for each in self.spec.get("initContainers", []) + self.spec["containers"] if each["name"] == name)

    def port(self, container, name):
        number = next(each["containerPort"] for each in container["ports"] if each["name"] == name)
        return self.ports.setdefault(number, free_port())

    def localize(self, container, text):
        """The text with local folders in place of the container's, and local ports in place of those it listens at."""
        places = {mount["mountPath"]: str(self.folder / mount["name"]) for mount in container.get("volumeMounts", [])}
        if places:
            # All at once, the longest first: local folders may lie below the container's.
            paths = "|".join(re.escape(path) for path in sorted(places, key=len, reverse=True))
            text = re.sub(rf"(?<![-\w./])({paths})(?![-\w.])", lambda match: places[match[1]], text)
        for port in container.get("ports", []):
            number = port["containerPort"]
            text = text.replace(f"0.0.0.0:{number}", f"127.0.0.1:{self.ports.setdefault(number, free_port())}")
        return text

    def prepare(self, container):
        """Puts local folders and addresses into the settings that are mounted; gives where they lie."""
        path = self.folder / "config/dragoman.yaml"
        if path.exists() and any(mount["name"] == "config" for mount in container.get("volumeMounts", [])):
            settings = yaml.safe_load(self.localize(container, path.read_text()))
            path.write_text(yaml.safe_dump(self.change(settings)))
        return path

    def command(self, container, variables):
        """Arguments and environment: nothing of this process's environment but where programs are found."""
        arguments = container.get("command", []) + container.get("args", [])
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        for each in container.get("env", []):
            value = each.get("value")
            if value is None:
                value = variables(each["valueFrom"])
            environment[each["name"]] = self.localize(container, value)
        return [self.localize(container, each) for each in arguments], environment


class Process:
    def __init__(self, pod, variables, extra=None, name=None):
        self.pod = pod
        self.container = pod.container(name)
        self.settings = pod.prepare(self.container)
        arguments, environment = pod.command(self.container, variables)
        self.log = pod.folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(arguments, env=environment | (extra or {}), stdout=log, stderr=log)

    def get(self, path):
        """Status and body."""
        address = f"http://127.0.0.1:{self.pod.port(self.container, 'http')}{path}"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    def probe(self, kind):
        """Whether a probe of the container succeeds, and what was said."""
        probe = self.container[kind]
        if "grpc" in probe:
            return self.ask_health(self.pod.ports[probe["grpc"]["port"]])
        status, body = self.get(probe["httpGet"]["path"])
        return status == 200, f"{status} {body.strip()}"

    @staticmethod
    def ask_health(port):
        import grpc
        from grpc_health.v1 import health_pb2, health_pb2_grpc

        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            try:
                answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=5)
                return answer.status == health_pb2.HealthCheckResponse.SERVING, str(answer.status)
            except grpc.RpcError as error:
                return False, str(error.code())

    def await_probes(self):
        for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
            said = ["nothing"]

            def succeeds(kind=kind, said=said):
                assert self.process.poll() is None, f"ended with {self.process.returncode}"
                done, said[0] = self.probe(kind)
                return done

            try:
                wait_until(kind, succeeds)
            except AssertionError as error:
                raise AssertionError(f"{self.pod.key}: {error}: {said[0]}\n{self.tail()}") from None

    def tail(self):
        return "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-20:])

    def stop(self):
        """As the kubelet does, but for the wait before it; gives the seconds it took."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        limit = self.pod.spec["terminationGracePeriodSeconds"]
        status = self.process.wait(timeout=min(limit, 60))
        assert status == 0, f"{self.pod.key}: exit code {status} after SIGTERM:\n{self.tail()}"
        return time.monotonic() - begin

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


def run(pod, name, variables, extra=None):
    """Runs a container to its end: gives its exit code and what it said."""
    container = pod.container(name)
    pod.prepare(container)
    arguments, environment = pod.command(container, variables)
    done = subprocess.run(arguments, env=environment | (extra or {}), capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr
