"""Starts the real programs as each example of the chart renders them, and has them work.

    start_examples.py HELM [EXAMPLE...]

Settings, environment and arguments are the rendered ones, with local folders and addresses put in: the topics' hook runs, models
are put where they are to be, worker, exporter and gateway start, every probe is asked, a job goes through Kafka and, where there is
one, the gateway, 'helm test' runs, every metric that alerts, dashboard and ScaledObject name is looked for, and SIGTERM ends it all.

Takes from the environment: DRAGOMAN_TEST_BROKER, DRAGOMAN_TEST_S3 (see CONTRIBUTING), and PATH with dragoman.
"""

import concurrent.futures
import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import boto3
import yaml

from helm import CHART, EXAMPLES, ROOT, Helm
from local import Pod, Process, run, wait_until

DEMO = ROOT / "Tests/Fixtures/demo-model"
SAMPLE = "fr-june-confbridge-lock-no-join.wav"
KEYS = {"AWS_ACCESS_KEY_ID": "testkey", "AWS_SECRET_ACCESS_KEY": "testsecret123"}
TOKEN = "a-token-of-this-test"


def tool(*arguments, environment=None):
    return subprocess.run(
        ["dragoman", *arguments], env={"PATH": os.environ["PATH"], "HOME": "/tmp"} | (environment or {}),
        capture_output=True, text=True, timeout=120)


# Builds without traces refuse their setting.
TRACES = "--tracing-endpoint" in tool("worker", "--help").stdout


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


class World:
    """What lies outside the chart: brokers, S3, a web server, certificates, secrets, and a packed model."""

    def __init__(self, folder):
        self.folder = folder
        self.brokers = os.environ["DRAGOMAN_TEST_BROKER"]
        self.s3 = os.environ["DRAGOMAN_TEST_S3"]
        client = boto3.client(
            "s3", endpoint_url=self.s3, aws_access_key_id="testkey", aws_secret_access_key="testsecret123",
            region_name="us-east-1")
        there = {each["Name"] for each in client.list_buckets()["Buckets"]}
        for bucket in ("calls", "audio", "translations"):
            if bucket not in there:
                client.create_bucket(Bucket=bucket)
            client.upload_file(str(DEMO / "samples" / SAMPLE), bucket, SAMPLE)
        handler = functools.partial(Quiet, directory=str(DEMO / "samples"))
        self.web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.web.serve_forever, daemon=True).start()
        self.secrets = {
            "kafka-credentials": {"username": "dragoman", "password": "secret"},
            "gateway-tokens": {"tokens": f"tester {TOKEN}\n"},
            "minio-keys": {"access-key-id": "testkey", "secret-access-key": "testsecret123"},
        }
        for name in ("kafka-certificates", "gateway-tls", "internal-ca"):
            self.secrets[name] = self.certificates()
        self.model = folder / "model.dragoman"
        packed = tool("convert", str(DEMO / "model"), str(self.model), "--precision", "f32", "--no-progress")
        assert packed.returncode == 0, packed.stderr

    @functools.cached_property
    def certificate_folder(self):
        folder = self.folder / "certificates"
        folder.mkdir()
        (folder / "extensions").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc"
        for command in (
            f"req -x509 -days 2 -subj /CN=authority {key} -keyout ca.key -out ca.crt",
            f"req -subj /CN=localhost {key} -keyout tls.key -out tls.csr",
            "x509 -req -days 2 -in tls.csr -CA ca.crt -CAkey ca.key -extfile extensions -out tls.crt",
        ):
            subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
        return folder

    def certificates(self):
        return {name: (self.certificate_folder / name).read_text() for name in ("ca.crt", "tls.crt", "tls.key")}


class Installation:
    """One example on this machine."""

    def __init__(self, world, helm, example, folder):
        self.world, self.example, self.folder = world, example, folder
        self.objects = helm.render(example)
        for key, obj in self.objects.items():
            if obj["kind"] == "Secret":
                world.secrets[obj["metadata"]["name"]] = obj["stringData"]
        self.processes = []
        self.nodes = folder / "node"
        self.nodes.mkdir()

    def fill(self, volume, place):
        """Puts into a folder what a volume holds."""
        if "configMap" in volume:
            place.mkdir()
            hooks = [f"ConfigMap/{volume['configMap']['name']}{suffix}" for suffix in ("", " (hook)")]
            for name, text in next(self.objects[key] for key in hooks if key in self.objects)["data"].items():
                (place / name).write_text(text)
        elif "secret" in volume:
            place.mkdir()
            for item in volume["secret"]["items"]:
                (place / item["path"]).write_text(self.world.secrets[volume["secret"]["secretName"]][item["key"]])
        elif "emptyDir" in volume:
            place.mkdir()
        elif volume["name"].startswith("files-"):
            place.symlink_to(DEMO / "samples")
        elif volume["name"] in ("models", "source"):
            # All pods see the same folder, as those of a node or of a claim do.
            shared = self.nodes / volume["name"]
            shared.mkdir(exist_ok=True)
            place.symlink_to(shared)
        else:
            raise AssertionError(f"what is in {volume}?")

    def variable(self, source):
        """What the kubelet would put into a variable."""
        if "fieldRef" in source:
            return "rel-dragoman-pod-0"
        reference = source["secretKeyRef"]
        return self.world.secrets[reference["name"]][reference["key"]]

    def local_settings(self, settings):
        """The rendered settings with addresses of this machine. SASL and TLS of the brokers are looked at by themselves: the
        broker that is here has neither."""
        settings = json.loads(json.dumps(settings))
        settings["brokers"] = self.world.brokers
        for name in [name for name in settings.get("kafka", {}) if re.match("security|sasl|ssl", name)]:
            del settings["kafka"][name]
        # Prefixes of their own, since all examples meet at one broker.
        settings["prefix"] = f"{self.example.stem}.{settings['prefix']}"
        settings["group"] = f"{self.example.stem}.{settings['group']}"
        if "tracing" in settings:
            # Nobody listens there: spans are dropped.
            settings["tracing"]["endpoint"] = "http://127.0.0.1:9"
        if not TRACES:
            settings.pop("tracing", None)
        storage = settings.get("storage", {})
        if "s3" in storage:
            storage["s3"] |= {"endpoint": self.world.s3, "region": "us-east-1", "path-style": True}
        if "http" in storage:
            storage["http"] |= {"hosts": ["127.0.0.1"], "private-addresses": True}
        return settings

    def pod(self, key):
        name = re.sub(r"[^\w]+", "-", key)
        return Pod(self.objects, key, self.folder / name, self.fill, self.local_settings)

    def keys(self, component, kinds):
        for key, obj in self.objects.items():
            if obj["kind"] in kinds and obj["metadata"]["labels"]["app.kubernetes.io/component"] == component:
                yield key

    def check_connection_settings(self, key):
        """The rendered settings as they are, with SASL and TLS, at a port where nobody listens: 3 says that all of it was taken,
        2 would say that something of it is wrong."""
        folder = self.folder / "connection" / re.sub(r"[^\w]+", "-", key)
        pod = Pod(self.objects, key, folder, self.fill, lambda settings: settings | {"brokers": "127.0.0.1:1"})
        settings = pod.prepare(pod.container("topics"))
        done = tool("topics", "check", "--config", str(settings))
        assert done.returncode == 3, f"{key}: exit code {done.returncode}: {done.stderr}"

    def provide_models(self):
        """As the claim, the image or the prefetch pods do."""
        for key in [*self.keys("prefetch", ["DaemonSet"]), *self.keys("convert", ["Job"])]:
            for root in ("source", "models"):
                for each in self.converted():
                    if root == "source" or key.startswith("Job/"):
                        (self.nodes / root).mkdir(exist_ok=True)
                        shutil.copytree(DEMO / "model", self.nodes / root / each, dirs_exist_ok=True)
            name = "prefetch" if key.startswith("DaemonSet") else "convert"
            for _ in range(2):  # The second time everything is there.
                before = {path: path.stat().st_ino for path in (self.nodes / "models").glob("*.dragoman")}
                status, said = run(self.pod_once(key), name, self.variable)
                assert status == 0, f"{key}: exit code {status}: {said}"
            after = {path: path.stat().st_ino for path in (self.nodes / "models").glob("*.dragoman")}
            assert before == after and after, f"{key} wrote models anew: {before} {after}"
        for key in self.keys("worker", ["Deployment", "StatefulSet"]):
            path = self.nodes / "models" / pathlib.Path(self.settings(key)["model"]).name
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                shutil.copy(self.world.model, path)

    def pod_once(self, key):
        shutil.rmtree(self.folder / re.sub(r"[^\w]+", "-", key), ignore_errors=True)
        return self.pod(key)

    def converted(self):
        values = yaml.safe_load(self.example.read_text())
        return [model["convert"]["source"] for model in values["models"] if "convert" in model]

    def settings(self, key):
        name = next(
            volume["configMap"]["name"] for volume in self.objects[key]["spec"]["template"]["spec"]["volumes"]
            if volume["name"] == "config")
        return yaml.safe_load(self.objects[f"ConfigMap/{name}"]["data"]["dragoman.yaml"])

    def create_topics(self):
        for key in self.keys("topics", ["Job"]):
            self.check_connection_settings(key)
            pod = self.pod(key)
            # One broker can't keep three copies.
            arguments = pod.container("topics")["args"]
            if "--replication-factor" in arguments:
                arguments[arguments.index("--replication-factor") + 1] = "1"
            status, said = run(pod, "topics", self.variable)
            assert status == 0, f"{key}: exit code {status}: {said}"

    def start(self):
        # In place of a web identity.
        storage_keys = {} if "minio-keys" in str(self.objects) else KEYS
        for component in ("exporter", "worker", "gateway"):
            for key in self.keys(component, ["Deployment", "StatefulSet"]):
                extra = storage_keys if component == "worker" else None
                pod = self.pod(key)
                for first in pod.spec.get("initContainers", []):
                    status, said = run(pod, first["name"], self.variable)
                    assert status == 0, f"{key}, {first['name']}: exit code {status}: {said}"
                self.processes.append(Process(pod, self.variable, extra))
        for each in self.processes:
            each.await_probes()

    def audio(self, settings):
        if "audio" in settings:
            return f"file://{settings['audio']['roots'][0]}/{SAMPLE}"
        if "s3" in settings["storage"]:
            return f"s3://{settings['storage']['s3'].get('buckets', ['audio'])[0]}/{SAMPLE}"
        return f"http://127.0.0.1:{self.world.web.server_port}/{SAMPLE}"

    def work(self):
        """A job for each model through Kafka, and one through its gateway."""
        expected = next(
            line.split("\t")[4] for line in (DEMO / "samples/samples.tsv").read_text().splitlines() if line.startswith(SAMPLE))
        workers = [each for each in self.processes if each.container["name"] == "worker"]
        assert len(workers) == len(yaml.safe_load(self.example.read_text())["models"])
        for worker in workers:
            settings = yaml.safe_load(worker.settings.read_text())
            ways = [["--config", str(worker.settings)]]
            for gateway in [each for each in self.processes if each.container["name"] == "gateway"]:
                if yaml.safe_load(gateway.settings.read_text())["prefix"] == settings["prefix"]:
                    ways.append(self.through(gateway))
            for run_number, way in enumerate(ways):
                sent = tool("submit", *way, "--run", str(run_number), self.audio(settings), environment=KEYS)
                assert sent.returncode == 0, f"submit {way}: {sent.stderr}\n{worker.tail()}"
                done = tool("gather", sent.stdout.strip(), *way, "--timeout", "60", "--format", "tsv")
                rows = [line.split("\t") for line in done.stdout.splitlines()]
                assert done.returncode == 0, f"gather {way}: {done.stdout}{done.stderr}\n{worker.tail()}"
                found = rows[1][rows[0].index("text")]
                # The packed file of an example may have fewer bits than the model's own.
                assert found and (found == expected or "convert" in self.example.read_text()), f"{found!r} for {expected!r}"

    def through(self, gateway):
        certificates = self.world.certificate_folder
        options = ["--gateway", f"localhost:{gateway.pod.ports[50051]}"]
        token = self.folder / "token"
        token.write_text(TOKEN)
        options += ["--gateway-token-file", str(token), "--gateway-ca", str(certificates / "ca.crt")]
        if "client-ca" in yaml.safe_load(gateway.settings.read_text())["gateway"]:
            options += ["--gateway-certificate", str(certificates / "tls.crt"), "--gateway-key", str(certificates / "tls.key")]
        return options

    def helm_test(self):
        for key in self.keys("test", ["Pod"]):
            pod = self.pod(key)
            status, said = run(pod, "topics", self.variable)
            assert status == 0, f"{key}: topics check: exit code {status}: {said}"
            model = self.objects[key]["metadata"]["labels"]["dragoman.io/model"]
            for process in self.processes:
                labels = self.objects[process.pod.key]["metadata"]["labels"]
                name = process.container["name"]
                if name == "worker" or labels["dragoman.io/model"] != model:
                    continue
                address = {"HOST": "127.0.0.1", "PORT": str(process.pod.port(process.container, "http"))}
                status, said = run(pod, name, self.variable, address)
                assert status == 0, f"{key}: {name}: {said}"

    def check_metrics(self):
        wanted = metric_names((CHART / "files/alerts.yaml").read_text())
        wanted |= metric_names((CHART / "files/dashboard.json").read_text())
        for obj in self.objects.values():
            if obj["kind"] in ("ScaledObject", "HorizontalPodAutoscaler"):
                wanted |= metric_names(json.dumps(obj))
        if not any(each.container["name"] == "gateway" for each in self.processes):
            wanted = {name for name in wanted if not name.startswith("dragoman_gateway")}
        said = [""]

        def all_are_there():
            there = set()
            for process in self.processes:
                status, text = process.get("/metrics")
                assert status == 200, f"{process.pod.key}: /metrics: {status} {text}"
                there |= set(re.findall(r"^# TYPE (\w+)", text, re.M)) | set(re.findall(r"^([a-z]\w*)[{ ]", text, re.M))
            there |= {re.sub("_total$", "", name) for name in there}
            missing = {name for name in wanted if not {name, re.sub("_(bucket|sum|count|total)$", "", name)} & there}
            said[0] = ", ".join(sorted(missing))
            return not missing

        # Exporters and gateways look every few seconds.
        try:
            wait_until("all metrics are there", all_are_there, 60)
        except AssertionError:
            raise AssertionError(f"nobody has the metrics {said[0]}") from None
        return len(wanted)

    def stop(self):
        return max(each.stop() for each in self.processes)


def metric_names(text):
    return set(re.findall(r"\b((?:dragoman|kafka_consumergroup|process)_[a-z_]+[a-z])\b", text))


def try_example(world, helm, example, place):
    """Says in a line what was seen."""
    begin = time.monotonic()
    place.mkdir()
    installation = Installation(world, helm, example, place)
    try:
        installation.create_topics()
        installation.provide_models()
        installation.start()
        installation.work()
        installation.helm_test()
        metrics = installation.check_metrics()
        seconds = installation.stop()
    finally:
        for process in installation.processes:
            process.kill()
    return (
        f"{example.name}: {len(installation.processes)} processes started as rendered, probes and jobs as expected, "
        f"{metrics} metrics there, stopped in {seconds:.1f} s; {time.monotonic() - begin:.0f} s")


def main():
    helm = Helm(sys.argv[1])
    examples = [each for each in EXAMPLES if each.stem in sys.argv[2:] or len(sys.argv) == 2]
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor() as pool:
        folder = pathlib.Path(name)
        world = World(folder)
        # All at a time: mostly they wait for groups and for exporters.
        tries = [pool.submit(try_example, world, helm, example, folder / example.stem) for example in examples]
        for each in tries:
            print(each.result(), flush=True)


if __name__ == "__main__":
    main()
