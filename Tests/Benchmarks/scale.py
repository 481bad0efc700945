"""Fleets of many worker processes on one broker process: how long rebalances take, how often workers commit, how the lag goes
down, what a process costs, and a fleet that grows and shrinks by the chart's rules. Run by Tests/Benchmarks/scale.sh.
"""

import argparse
import json
import math
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient


# Two lanes, and three for retries, of as many partitions each.
TOPICS = 5


class Broker:
    def __init__(self, kind, folder, partitions, prefix):
        # 50 workers with two partitions each.
        kind = kind or ("noida" if partitions <= 100 else "embedded")
        self.kind, self.prefix, self.partitions = kind, prefix, partitions
        log = open(f"{folder}/broker.log", "wb")
        if kind == "noida":
            with socket.socket() as one:
                one.bind(("127.0.0.1", 0))
                port = one.getsockname()[1]
            self.address = f"127.0.0.1:{port}"
            command = ["noida-db", "start", "--only", "kafka", "--kafka-port", str(port), "--data-dir", f"{folder}/data"]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
            until(lambda: reachable(port), 30)
            subprocess.run(
                ["dragoman", "topics", "create", "--brokers", self.address, "--prefix", prefix, "--partitions", str(partitions)],
                check=True, stdout=subprocess.DEVNULL)
        else:
            self.process = subprocess.Popen(
                ["dragoman", "broker", "--partitions", str(partitions), "--prefix", prefix], stdout=subprocess.PIPE, stderr=log,
                start_new_session=True, text=True)
            self.address = self.process.stdout.readline().strip().partition("=")[2]

    def processor_seconds(self):
        """Of all processes in the broker's session."""
        seconds = 0.0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return seconds

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def reachable(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def until(condition, seconds, step=0.05):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(step)
    return False


class Fleet:
    def __init__(self, broker, folder, session):
        self.broker, self.folder, self.session = broker, pathlib.Path(folder), session
        for name in ("audio", "attempts", "topics", "logs"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "storage").write_text("")
        self.workers = {}
        self.group = broker.prefix + "workers"
        self.topics = [broker.prefix + name for name in ("jobs", "jobs.bulk")]
        self.client = AdminClient({"bootstrap.servers": broker.address})
        self.observer = Consumer({"bootstrap.servers": broker.address, "group.id": self.group, "enable.auto.commit": False})
        self.sent, self.count, self.journal_place = 0, 0, 0
        self.starts, self.acknowledged, self.state = {}, {}, ""
        self.places, self.changed = {}, 0

    def start(self, verbose=False):
        name = f"worker-{self.count}"
        self.count += 1
        arguments = [
            "dragoman-chaos", "worker", "--brokers", self.broker.address, "--prefix", self.broker.prefix, "--name", name,
            "--output", str(self.folder), "--in-flight", "4", "--grace", "30", "--attempt-limit", "600",
        ]
        arguments += ["--kafka", f"session.timeout.ms={self.session * 1000}"]
        if verbose:
            arguments += ["--kafka", "debug=protocol"]
        log = open(self.folder / "logs" / name, "wb")
        self.workers[name] = subprocess.Popen(arguments, stdout=log, stderr=log)
        self.changed = time.time()

    def stop(self, names):
        self.changed = time.time()
        for name in names:
            self.workers[name].send_signal(signal.SIGTERM)

    def reap(self):
        for name, process in list(self.workers.items()):
            if process.poll() is not None:
                assert process.returncode == 0, f"{name} ended with {process.returncode}: see {self.folder}/logs/{name}"
                del self.workers[name]

    def owners(self):
        """Partitions of the first lane by member; empty while the group is not stable."""
        if self.broker.kind == "embedded":
            # It knows no DescribeGroups: what each worker was given since the group has changed.
            given = {name: self.assigned(name) for name in self.workers}
            self.state = f"{sum(found is not None for found in given.values())} members were given partitions"
            return {name: partitions // TOPICS for name, partitions in given.items() if partitions is not None}
        try:
            described = self.client.describe_consumer_groups([self.group], request_timeout=10)[self.group].result()
        except Exception as error:  # noqa: BLE001  There may be no group yet.
            self.state = str(error)
            return {}
        self.state = f"{described.state}, {len(described.members)} members"
        if "STABLE" not in self.state:
            return {}
        return {
            member.member_id: sum(each.topic == self.topics[0] for each in member.assignment.topic_partitions)
            for member in described.members
        }

    def assigned(self, name):
        """Partitions of all topics that a worker was given last; nothing if that was before the group has changed."""
        place, last = self.places.get(name, (0, None))
        with open(self.folder / "logs" / name, "rb") as log:
            log.seek(place)
            lines = log.read()
        whole = lines.rfind(b"\n") + 1
        for found in re.finditer(rb"^(\d+) debug partitions assigned partitions=(\d+)", lines[:whole], re.MULTILINE):
            last = (int(found[1]) / 1e9, int(found[2]))
        self.places[name] = (place + whole, last)
        return last[1] if last and last[0] > self.changed else None

    def settled(self):
        owners = self.owners()
        return len(owners) == len(self.workers) and sum(owners.values()) == self.broker.partitions

    def submit(self, jobs, milliseconds):
        producer = Producer({"bootstrap.servers": self.broker.address, "linger.ms": 5})
        for number in range(self.sent, self.sent + jobs):
            identity = f"job-{number:06}"
            value = {"id": identity, "audio": {"uri": f"chaos:{identity}?sleep={milliseconds}"}}
            headers = {"content-type": "application/json", "ce_specversion": "1.0", "ce_type": "dragoman.v1.TranslationJob",
                       "ce_id": identity, "ce_source": "scale"}
            while True:
                try:
                    producer.produce(
                        self.topics[0], json.dumps(value), identity, headers=headers, partition=number % self.broker.partitions)
                    break
                except BufferError:
                    producer.poll(0.1)
            producer.poll(0)
        assert producer.flush(60) == 0
        self.sent += jobs

    def read_journal(self):
        path = self.folder / "journal.jsonl"
        if not path.exists():
            return
        with path.open() as journal:
            journal.seek(self.journal_place)
            for line in journal:
                if not line.endswith("\n"):
                    break
                self.journal_place += len(line.encode())
                entry = json.loads(line)
                if entry["event"] == "start":
                    self.starts.setdefault(entry["job"], []).append(entry["time"] / 1e9)
                elif entry["event"] == "acknowledged":
                    self.acknowledged.setdefault(entry["job"], []).append(entry["time"] / 1e9)

    def waiting(self):
        self.read_journal()
        return self.sent - len(self.acknowledged)

    def lag(self):
        """Records behind the committed offsets, as an autoscaler asks for them."""
        asked = [TopicPartition(self.topics[0], number) for number in range(self.broker.partitions)]
        committed = {each.partition: max(each.offset, 0) for each in self.observer.committed(asked, timeout=20)}
        ends = self.sent // self.broker.partitions
        return sum(
            ends + (number < self.sent % self.broker.partitions) - offset for number, offset in committed.items())

    def memory(self):
        """Megabytes of a worker: its own share, and resident."""
        pss, rss, threads = [], [], []
        for process in list(self.workers.values())[:20]:
            text = pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            pss.append(int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024)
            rss.append(int(re.search(r"^Rss:\s+(\d+)", text, re.M)[1]) / 1024)
            threads.append(len(os.listdir(f"/proc/{process.pid}/task")))
        return sum(pss) / len(pss), sum(rss) / len(rss), sum(threads) / len(threads)

    def end(self):
        for process in self.workers.values():
            process.kill()
        for process in self.workers.values():
            process.wait()


def measure(workers, arguments, folder):
    broker = Broker(arguments.broker, folder, workers * 2, f"scale-{uuid.uuid4().hex[:6]}.")
    fleet = Fleet(broker, f"{folder}/run", arguments.session)
    row = {"workers": workers, "partitions": workers * 2}
    try:
        begin = time.monotonic()
        for number in range(workers):
            fleet.start(verbose=number == 0)
            time.sleep(arguments.stagger)
        assert until(fleet.settled, 400, 0.2), f"{workers} workers: no assignment: {fleet.state}"
        row["assembly"] = time.monotonic() - begin
        time.sleep(5)
        row["pss"], row["rss"], row["threads"] = fleet.memory()
        idle, begin = broker.processor_seconds(), time.monotonic()
        time.sleep(10)
        row["broker_idle"] = (broker.processor_seconds() - idle) / (time.monotonic() - begin)

        log = fleet.folder / "logs/worker-0"
        before = log.read_text(errors="replace").count("OffsetCommitRequest")
        busy, begin = broker.processor_seconds(), time.monotonic()
        jobs = workers * arguments.jobs_per_worker
        fleet.submit(jobs, arguments.milliseconds)
        assert until(lambda: fleet.waiting() == 0, 600, 0.2), f"{fleet.waiting()} jobs without a result"
        row["seconds"] = time.monotonic() - begin
        # Each worker sleeps in four jobs at a time.
        row["ideal"] = arguments.jobs_per_worker * arguments.milliseconds / 1000 / 4
        row["broker_busy"] = (broker.processor_seconds() - busy) / row["seconds"]
        begin = time.monotonic()
        assert until(lambda: fleet.lag() == 0, 60, 0.2), f"a lag of {fleet.lag()} stays"
        row["lag_to_zero"] = time.monotonic() - begin
        commits = log.read_text(errors="replace").count("OffsetCommitRequest") - before
        row["commits"] = commits / row["seconds"]

        for change in ("join", "leave"):
            fleet.submit(workers * arguments.jobs_per_worker, arguments.milliseconds)
            time.sleep(2)
            begin, wall = time.monotonic(), time.time()
            if change == "join":
                fleet.start()
            else:
                name = next(reversed(fleet.workers))
                fleet.stop([name])
                fleet.workers.pop(name)
            assert until(fleet.settled, 240, 0.1), f"{change}: the group does not settle: {fleet.state}"
            row[change] = time.monotonic() - begin
            assert until(lambda: fleet.waiting() == 0, 600, 0.2), f"{change}: {fleet.waiting()} jobs without a result"
            # What came between two results one after the other, in the time of the change.
            times = sorted(each for found in fleet.acknowledged.values() for each in found if each > wall - 1)
            row[f"{change}_pause"] = max(second - first for first, second in zip(times, times[1:]))
        row["again"] = sum(len(found) - 1 for found in fleet.starts.values())
        row["jobs"] = fleet.sent
        return row
    finally:
        fleet.end()
        broker.stop()


def autoscale(arguments, folder):
    """The chart's rule, ten times as fast: every 3 s the wanted workers are waiting over threshold; at most doubled every 6 s, or four
    more; fewer only after 60 s in which no more were wanted, and a tenth (at least one) every 12 s."""
    most, least, threshold = arguments.most, 1, 10
    broker = Broker(arguments.broker, folder, most, f"scale-{uuid.uuid4().hex[:6]}.")
    fleet = Fleet(broker, f"{folder}/run", arguments.session)
    history, sizes, last_up, last_down = [], [], -1e9, -1e9
    try:
        fleet.start()
        assert until(fleet.settled, 60, 0.2)
        fleet.submit(arguments.most * 40, 2000)
        begin = time.monotonic()
        while time.monotonic() - begin < 240:
            now = time.monotonic() - begin
            fleet.reap()
            size, lag = len(fleet.workers), fleet.lag()
            wanted = min(most, max(least, math.ceil(lag / threshold)))
            history.append((now, wanted))
            stable = max(want for at, want in history if at > now - 60)
            if wanted > size and now - last_up >= 6:
                for _ in range(min(wanted, size + max(size, 4)) - size):
                    fleet.start()
                last_up = now
            elif stable < size and now - last_down >= 12 and now > 60:
                names = list(fleet.workers)[: min(size - stable, max(1, size // 10))]
                fleet.stop(names)
                last_down = now
            sizes.append((round(now), size, lag))
            if fleet.waiting() == 0 and lag == 0 and size <= most * 0.8:
                break
            time.sleep(3)
        lost = fleet.waiting()
        again = sum(len(found) - 1 for found in fleet.starts.values())
        print("autoscaler: " + ", ".join(f"{at} s: {size} workers, lag {lag}" for at, size, lag in sizes[:: max(1, len(sizes) // 16)]))
        print(f"autoscaler: {fleet.sent} jobs, {lost} without a result, {again} begun more than once, at most {max(s for _, s, _ in sizes)} workers")
        assert lost == 0
    finally:
        fleet.end()
        broker.stop()


COLUMNS = [
    ("workers", "workers", "{:.0f}"), ("partitions", "partitions", "{:.0f}"), ("assembly", "all start, until all own", "{:.1f} s"),
    ("join", "one joins", "{:.1f} s"), ("join_pause", "no result for", "{:.1f} s"), ("leave", "one leaves", "{:.1f} s"),
    ("leave_pause", "no result for", "{:.1f} s"), ("commits", "commits of a worker", "{:.1f}/s"),
    ("broker_idle", "broker, idle", "{:.2f} cores"), ("broker_busy", "busy", "{:.2f} cores"),
    ("seconds", "queue emptied in", "{:.1f} s"), ("ideal", "at best", "{:.1f} s"), ("lag_to_zero", "lag 0 after", "{:.1f} s"),
    ("pss", "memory of a worker", "{:.0f} MB"), ("threads", "threads", "{:.0f}"), ("again", "begun again", "{:.0f}"),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", default="10,50,200")
    parser.add_argument(
        "--broker", choices=["noida", "embedded"], help="default: noida, and for more than 50 workers, which it can't join, embedded")
    parser.add_argument("--jobs-per-worker", type=int, default=40)
    parser.add_argument("--milliseconds", type=int, default=1000)
    parser.add_argument("--session", type=int, default=10, help="seconds without a heartbeat until a worker counts as dead")
    parser.add_argument("--stagger", type=float, default=0, help="seconds between the starts of two workers")
    parser.add_argument("--most", type=int, default=20, help="workers at most with --autoscale")
    parser.add_argument("--autoscale", action="store_true", help="a fleet that grows and shrinks instead")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.autoscale:
            return autoscale(arguments, folder)
        print("| " + " | ".join(title for _, title, _ in COLUMNS) + " |\n|" + " ---: |" * len(COLUMNS))
        for number in arguments.workers.split(","):
            place = f"{folder}/{number}"
            os.mkdir(place)
            row = measure(int(number), arguments, place)
            print("| " + " | ".join(form.format(row[key]) for key, _, form in COLUMNS) + " |", flush=True)


if __name__ == "__main__":
    main()
