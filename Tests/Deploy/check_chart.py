"""Proves of the chart what can be proved without an API server.

    check_chart.py HELM...            exits with 1 where something is wrong
    check_chart.py HELM... --write    writes the golden renders anew
"""

import copy
import pathlib
import re
import sys

import yaml

import validation
from helm import CHART, EXAMPLES, ROOT, Helm, Refused

HERE = pathlib.Path(__file__).resolve().parent
# What each example needs from outside the chart: it says so itself.
EXTERNAL = {
    "small": ["PersistentVolumeClaim/models", "PersistentVolumeClaim/recordings"],
    "production": ["PersistentVolumeClaim/models", "Secret/gateway-tls", "Secret/gateway-tokens"],
    "air-gapped": ["Secret/minio-keys", "Secret/internal-ca"],
    "tls-sasl": [
        "PersistentVolumeClaim/models", "Secret/gateway-tls", "Secret/gateway-tokens", "Secret/kafka-credentials",
        "Secret/kafka-certificates",
    ],
}


def check_example(helms, example, write):
    """Lint, validation, golden render; yields what is wrong."""
    for helm in helms:
        try:
            helm.lint(example)
            objects = helm.render(example)
        except Refused as error:
            yield f"{helm.version}: {example.name}: {error}"
            continue
        for key, obj in objects.items():
            yield from (f"{example.name}: {problem}" for problem in validation.problems(key, obj))
        external = EXTERNAL.get(example.stem, [])
        yield from (f"{example.name}: {problem}" for problem in validation.reference_problems(objects, external))
        yield from (f"{example.name}: {problem}" for problem in timing_problems(objects))
        golden = HERE / "golden" / example.name
        text = "---\n".join(yaml.safe_dump(shortened(objects[key]), sort_keys=True, width=1000) for key in sorted(objects))
        if write:
            golden.write_text(text)
        elif not golden.exists() or golden.read_text() != text:
            yield f"{helm.version}: {example.name} is not what {golden.relative_to(ROOT)} says; look at the difference, then --write"


def shortened(obj):
    """With the names of files where their contents stand as they are."""
    alerts, dashboard = CHART / "files/alerts.yaml", CHART / "files/dashboard.json"
    if obj["kind"] == "PrometheusRule" and obj["spec"] == yaml.safe_load(alerts.read_text()):
        return obj | {"spec": "files/alerts.yaml"}
    if obj.get("data") == {"dragoman.json": dashboard.read_text()}:
        return obj | {"data": "files/dashboard.json"}
    return obj


def timing_problems(objects):
    """SIGKILL comes after what a process may take to stop."""
    for key, obj in objects.items():
        if not (found := validation.pod_template(obj)) or obj["kind"] in ("Job", "Pod", "DaemonSet"):
            continue
        spec = found[1]
        [container] = spec["containers"]
        name = next(volume["configMap"]["name"] for volume in spec["volumes"] if volume["name"] == "config")
        settings = yaml.safe_load(objects[f"ConfigMap/{name}"]["data"]["dragoman.yaml"])
        part = {"worker": "worker", "gateway": "gateway"}.get(container["name"])
        grace = settings[part]["grace"] if part else 0
        hook = container.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["sleep", "0"])
        if spec["terminationGracePeriodSeconds"] < grace + int(hook[1]) + 5:
            yield f"{key}: SIGKILL comes {spec['terminationGracePeriodSeconds']} s after a pod is told to stop"
        if container["name"] == "worker":
            limit = container["resources"]["limits"]["cpu"]
            if settings["threads"] != int(limit):
                yield f"{key}: {settings['threads']} threads, a limit of {limit}"


def check_refused(helms):
    """Values that make no sense are refused, by a message that names the key in the file's first line."""
    for file in sorted((HERE / "refused").glob("*.yaml")):
        key = file.read_text().splitlines()[0].removeprefix("# ")
        for helm in helms:
            try:
                helm.render(CHART / "examples/small.yaml", file)
                yield f"{helm.version}: {file.name} is accepted"
            except Refused as error:
                if not names(str(error), key):
                    yield f"{helm.version}: {file.name}: {key} is not in: {error}"


def names(message, key):
    """Schemas are quoted as 'a.b', as '/a/b', or as a parent and a property."""
    if key in message or "/" + key.replace(".", "/") in message:
        return True
    parent, _, last = key.rpartition(".")
    return bool(re.search(rf"\b{re.escape(last)}\b", message)) and (parent in message or "/" + parent.replace(".", "/") in message)


def check_checksum(helm):
    """Pods are replaced when a setting changes, and not when something changes that they don't read."""
    small = CHART / "examples/small.yaml"

    def checksum(*values):
        objects = helm.render(small, *values)
        return objects["Deployment/rel-dragoman-to-en-worker"]["spec"]["template"]["metadata"]["annotations"]["checksum/config"]

    changed, unchanged = HERE / "changes/setting.yaml", HERE / "changes/replicas.yaml"
    if checksum() == checksum(changed):
        yield "a setting changes, and pods stay"
    if checksum() != checksum(unchanged):
        yield "the number of workers changes, and all of them are replaced"


def check_validator(helm):
    """The check itself finds what it is for."""
    objects = helm.render(CHART / "examples/production.yaml")
    bad = copy.deepcopy(objects["ScaledObject/rel-dragoman-to-en-worker"])
    bad["spec"]["polingInterval"] = 30
    if not any("polingInterval" in problem for problem in validation.problems("bad", bad)):
        yield "an unknown key of a ScaledObject goes unnoticed"
    bad = copy.deepcopy(objects["Deployment/rel-dragoman-to-en-worker"])
    bad["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    if not any("readynessProbe" in problem for problem in validation.problems("bad", bad)):
        yield "an unknown key of a Deployment goes unnoticed"


def check_copies():
    """A chart can't read files outside its folder, and has copies."""
    for copied, original in [
        ("files/alerts.yaml", "Config/prometheus/alerts.yaml"), ("files/dashboard.json", "Config/grafana/dragoman.json"),
    ]:
        if (ROOT / original).exists() and (ROOT / original).read_bytes() != (CHART / copied).read_bytes():
            yield f"Helm/dragoman/{copied} is not {original}: copy it"
    version = re.search(r'current = "(.*)"', (ROOT / "Sources/CommandSupport/Version.swift").read_text())[1]
    if yaml.safe_load((CHART / "Chart.yaml").read_text())["appVersion"] != version:
        yield f"Chart.yaml: appVersion is not {version}, which Version.swift says"
    if f"ARG VERSION={version}\n" not in (ROOT / "Config/Containerfile").read_text():
        yield f"Config/Containerfile: VERSION is not {version}, which Version.swift says"


def main():
    write = "--write" in sys.argv
    helms = [Helm(program) for program in sys.argv[1:] if program != "--write"]
    wrong = []
    for example in EXAMPLES:
        wrong += check_example(helms, example, write)
    wrong += check_refused(helms)
    wrong += check_checksum(helms[0])
    wrong += check_validator(helms[0])
    wrong += check_copies()
    for problem in dict.fromkeys(wrong):
        print(problem, file=sys.stderr)
    if wrong:
        sys.exit(1)
    refused = len(list((HERE / "refused").glob("*.yaml")))
    print(f"{', '.join(helm.version for helm in helms)}: {len(EXAMPLES)} examples as expected, {refused} bad values refused")


if __name__ == "__main__":
    main()
