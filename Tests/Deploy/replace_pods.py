"""Pods that are replaced while they work, by the timings of the rendered chart: preStop, SIGTERM, and SIGKILL when the grace period
is over.

    replace_pods.py HELM --old FOLDER --new FOLDER

FOLDER holds programs: with two builds, a group has workers of both for a while. Checked:

- a job that ends within worker.grace is finished by the pod that is told to stop, and is begun once;
- one that doesn't is given back and finished by another, and no pod is killed by SIGKILL;
- in a rolling upgrade with maxSurge 1 and jobs in flight each job has one result.

Takes DRAGOMAN_TEST_BROKER from the environment.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import uuid

import yaml
from confluent_kafka import Consumer, Producer, TopicPartition

from helm import CHART, ROOT, Helm
from local import wait_until

DEMO = ROOT / "Tests/Fixtures/demo-model"
BROKER = os.environ["DRAGOMAN_TEST_BROKER"]


class Timings:
    """What the chart renders for workers."""

    def __init__(self, helm, *values):
        objects = helm.render(CHART / "examples/small.yaml", *values)
        spec = objects["Deployment/rel-dragoman-to-en-worker"]["spec"]["template"]["spec"]
        settings = yaml.safe_load(objects["ConfigMap/rel-dragoman-to-en-config"]["data"]["dragoman.yaml"])
        hook = spec["containers"][0].get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command", ["sleep", "0"])
        self.before, self.period = int(hook[1]), spec["terminationGracePeriodSeconds"]
        self.grace, self.in_flight = settings["worker"]["grace"], settings["worker"]["in-flight"]


class Pod:
    def __init__(self, command, log, timings):
        self.log, self.timings = log, timings
        with log.open("wb") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output)

    def stop(self):
        """As a kubelet: gives the seconds it took and whether SIGKILL was needed."""
        begin = time.monotonic()
        time.sleep(self.timings.before)
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=self.timings.period - self.timings.before)
            assert status == 0, f"exit code {status}: {self.log.read_text()[-2000:]}"
            return time.monotonic() - begin, False
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return time.monotonic() - begin, True


def results(prefix):
    """How many results each job has."""
    consumer = Consumer({"bootstrap.servers": BROKER, "group.id": "not-joined", "enable.auto.commit": False,
                         "enable.partition.eof": True, "receive.message.max.bytes": 10**9})
    topic = prefix + "results"
    partitions = list(consumer.list_topics(topic, timeout=30).topics[topic].partitions)
    consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
    counts, ended = {}, set()
    while len(ended) < len(partitions):
        message = consumer.poll(10)
        assert message is not None, f"{topic} can't be read"
        if message.error():
            ended.add(message.partition())
        elif message.value() is not None:
            key = message.key().decode()
            counts[key] = counts.get(key, 0) + 1
    consumer.close()
    return counts


def create_topics(folder, prefix, partitions):
    subprocess.run(
        [folder / "dragoman", "topics", "create", "--brokers", BROKER, "--prefix", prefix, "--partitions", str(partitions)],
        check=True, stdout=subprocess.DEVNULL)


def long_job(programs, timings, seconds, folder):
    """One worker with a job of so many seconds is told to stop, another takes its place."""
    prefix = f"stop-{uuid.uuid4().hex[:6]}."
    create_topics(programs, prefix, 1)
    run = folder / prefix
    for name in ("audio", "attempts", "topics", "logs"):
        (run / name).mkdir(parents=True)
    (run / "storage").write_text("")

    def journal(event):
        path = run / "journal.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [entry for entry in map(json.loads, lines) if entry["event"] == event]

    def start(name):
        return Pod(
            [programs / "dragoman-chaos", "worker", "--brokers", BROKER, "--prefix", prefix, "--name", name, "--output", run,
             "--in-flight", str(timings.in_flight), "--grace", str(timings.grace), "--attempt-limit", "600"],
            run / "logs" / name, timings)

    pods = [start("old")]
    try:
        producer = Producer({"bootstrap.servers": BROKER})
        headers = {"content-type": "application/json", "ce_specversion": "1.0", "ce_type": "dragoman.v1.TranslationJob",
                   "ce_id": "long", "ce_source": "test"}
        value = json.dumps({"id": "long", "audio": {"uri": f"chaos:long?sleep={seconds * 1000}"}})
        producer.produce(prefix + "jobs", value, "long", headers=headers)
        producer.flush(20)
        wait_until("the job begins", lambda: journal("start"))
        pods.append(start("new"))
        time.sleep(1)
        took, killed = pods[0].stop()
        wait_until("the job has a result", lambda: journal("acknowledged"), seconds + 60)
        assert not killed, f"SIGKILL after {took:.1f} s"
        assert results(prefix) == {"long": 1}, results(prefix)
        return took, len(journal("start"))
    finally:
        for pod in pods:
            pod.process.kill()
            pod.process.wait()


class Work:
    """Jobs of the demonstration model, sent as they are done, so that there are always some in flight."""

    def __init__(self, programs, connection, folder):
        self.programs, self.connection, self.folder = programs, connection, folder
        self.samples = sorted((DEMO / "samples").glob("*.wav"))
        self.sent, self.batches = 0, []

    def send(self, count):
        manifest = self.folder / f"manifest-{self.sent}.tsv"
        numbers = range(self.sent, self.sent + count)
        manifest.write_text("id\turi\n" + "".join(
            f"job-{number:05}\tfile://{self.samples[number % len(self.samples)]}\n" for number in numbers))
        submit = [self.programs / "dragoman", "submit", *self.connection, "--manifest", manifest]
        self.batches.append(subprocess.run(submit, check=True, capture_output=True, text=True).stdout.strip())
        self.sent += count

    def gather(self, programs):
        for batch in self.batches:
            gather = [programs / "dragoman", "gather", batch, *self.connection, "--timeout", "120", "--format", "tsv"]
            done = subprocess.run(gather, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr


def rolling_upgrade(old, new, timings, folder, size=3):
    """A Deployment with maxSurge 1 and maxUnavailable 0 goes from one build to another."""
    prefix = f"roll-{uuid.uuid4().hex[:6]}."
    create_topics(old, prefix, 12)
    connection = ["--brokers", BROKER, "--prefix", prefix]
    work = Work(old, connection, folder)

    def start(programs, name):
        command = [programs / "dragoman", "worker", *connection, "--model", DEMO / "model", "--audio-root", DEMO / "samples",
                   "--name", name, "--in-flight", str(timings.in_flight), "--grace", str(timings.grace), "--log-format", "json",
                   "--log-level", "debug"]
        pods.append(Pod(command, folder / f"{name}.log", timings))
        # What the readiness probe asks.
        wait_until(f"{name} has partitions", lambda: lines(pods[-1], "partitions assigned"), 90)

    def lines(pod, message):
        found = map(json.loads, filter(None, pod.log.read_text().splitlines()))
        return [line["job"] if "job" in line else None for line in found if line.get("message") == message]

    def done(*chosen):
        return [job for pod in chosen for job in lines(pod, "job")]

    pods = []
    try:
        for number in range(size):
            start(old, f"old-{number}")
        work.send(400)
        wait_until("all old workers work", lambda: all(done(pod) for pod in pods), 90)
        before = len(done(*pods))
        for number in range(size):
            start(new, f"new-{number}")
            if work.sent - len(done(*pods)) < 300:
                work.send(400)
            wait_until("the new worker works", lambda: done(pods[-1]), 90)
            _, killed = pods[number].stop()
            assert not killed, f"{pods[number].log}: SIGKILL"
        during = len(done(*pods))
        assert during < work.sent, "the work was over before the upgrade was"
        work.gather(new)
        counts = results(prefix)
        twice = [job for job, count in counts.items() if count > 1]
        assert len(counts) == work.sent and not twice, f"{len(counts)} of {work.sent} jobs have results, more than one: {twice[:5]}"
        starts = [job for pod in pods for job in lines(pod, "job started")]
        return work.sent, before, during, len(done(*pods[:size])), len(starts) - len(set(starts))
    finally:
        for pod in pods:
            pod.process.kill()
            pod.process.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("helm")
    parser.add_argument("--old", type=pathlib.Path, required=True)
    parser.add_argument("--new", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    helm = Helm(arguments.helm)
    quick = pathlib.Path(__file__).parent / "changes/quick-stop.yaml"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        timings = Timings(helm, quick)
        took, starts = long_job(arguments.new.resolve(), timings, timings.grace - 4, folder)
        assert starts == 1, f"a job that ends within the grace was begun {starts} times"
        print(f"grace {timings.grace} s, period {timings.period} s: a job of {timings.grace - 4} s is finished, the pod ends after {took:.1f} s")
        took, starts = long_job(arguments.new.resolve(), timings, timings.grace + 8, folder)
        assert starts == 2, f"a job longer than the grace was begun {starts} times"
        print(f"a job of {timings.grace + 8} s is given back and finished by another pod, the first ends after {took:.1f} s")
        jobs, before, during, by_old, again = rolling_upgrade(
            arguments.old.resolve(), arguments.new.resolve(), Timings(helm), folder)
        versions = [
            subprocess.run([path / "dragoman", "--version"], capture_output=True, text=True).stdout.strip()
            for path in (arguments.old, arguments.new)]
        print(f"rolling upgrade from {versions[0]} to {versions[1]}: {jobs} jobs, {before} done before, {during} when it was "
              f"over, {by_old} by old workers, {again} begun again; one result each")


if __name__ == "__main__":
    main()
