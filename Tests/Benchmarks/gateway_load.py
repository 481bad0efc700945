"""Streams jobs into a gateway with grpcio, waits until all are indexed, and times single calls: jobs per second, and
milliseconds of GetJob, ListJobs and SubmitJob. Run by Tests/Benchmarks/gateway.sh.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Clients"))
import gateway  # noqa: E402
import grpc  # noqa: E402

BATCH = "bench"


def request(number, batch=BATCH):
    message = gateway.pb.SubmitJobRequest(lane=gateway.pb.BULK)
    message.job.id = f"{batch}-{number:07}"
    message.job.batch_id = batch
    message.job.batch_index = number
    message.job.audio.uri = f"file:///recordings/2026/11/{number % 97:02}/call-{number:07}.wav"
    message.job.audio.duration_hint = 5
    return message


def stream(stub, numbers):
    answer = stub.SubmitJobs((request(number) for number in numbers), timeout=600)
    assert answer.accepted_count == len(numbers), answer


def indexed(stub):
    """How many jobs of the batch the index holds."""
    batch = stub.GetBatch(gateway.pb.GetBatchRequest(batch_id=BATCH), timeout=60)
    return batch.job_count


def timed(title, calls):
    """Makes the calls one after another; prints milliseconds."""
    took = []
    for call in calls:
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    at = lambda share: took[min(len(took) - 1, int(share * len(took)))]  # noqa: E731
    print(f"{title:34} {len(took):6,} calls   p50 {at(0.5):7.2f} ms   p99 {at(0.99):7.2f} ms   most {took[-1]:7.2f} ms")


def pages(stub, size, count, **filters):
    """Calls that go through a list page by page."""
    token = ""

    def call():
        nonlocal token
        asked = gateway.pb.ListJobsRequest(batch_id=BATCH, page_size=size, page_token=token, **filters)
        token = stub.ListJobs(asked, timeout=60).next_page_token

    return [call] * count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--streams", type=int, default=2)
    parser.add_argument("--partitions", type=int, default=16)
    parser.add_argument("--existing-topics", action="store_true", help="take those of the default prefix")
    arguments = parser.parse_args()
    connection = ["--brokers", arguments.brokers]
    if not arguments.existing_topics:
        connection += ["--prefix", f"bench-{os.getpid()}."]
    # noida-db answers with all there is, whatever was asked for.
    connection += ["--kafka-option", "receive.message.max.bytes=1000000000"]
    if not arguments.existing_topics:
        create = ["topics", "create", "--partitions", str(arguments.partitions), *connection]
        subprocess.run([arguments.programs / "dragoman", *create], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [arguments.programs / "dragoman-gateway", "--listen", "127.0.0.1:0", "--index",
         f"{arguments.folder}/index.sqlite", *connection], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip().removeprefix("listening=")
        measure(arguments, address)
        memory = next(line for line in open(f"/proc/{server.pid}/status") if line.startswith("VmHWM"))
        size = sum(f.stat().st_size for f in pathlib.Path(arguments.folder).glob("index.sqlite*"))
        print(f"the gateway's memory at most: {int(memory.split()[1]) / 1024:,.0f} MB; index: {size / 1e6:,.0f} MB")
    finally:
        server.terminate()
        server.wait(60)


def measure(arguments, address):
    stubs = [gateway.rpc.TranslationServiceStub(grpc.insecure_channel(address)) for _ in range(arguments.streams)]
    chunk = 20_000
    chunks = [range(first, min(first + chunk, arguments.jobs)) for first in range(0, arguments.jobs, chunk)]
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(arguments.streams) as pool:
        rates = []
        futures = [pool.submit(stream, stubs[i % arguments.streams], each) for i, each in enumerate(chunks)]
        for number, future in enumerate(futures):
            future.result()
            rates.append((number + 1) * chunk / (time.monotonic() - start))
            print(f"\r{rates[-1]:,.0f} jobs/s", end="", file=sys.stderr)
    acknowledged = time.monotonic() - start
    stub = stubs[0]
    while indexed(stub) < arguments.jobs:
        time.sleep(0.1)
    complete = time.monotonic() - start
    print(file=sys.stderr)
    print(f"{arguments.jobs:,} jobs in {arguments.streams} streams: {arguments.jobs / acknowledged:,.0f} jobs/s "
          f"acknowledged; all indexed {complete - acknowledged:.1f} s later")
    chosen = random.Random(1)
    job = lambda: stub.GetJob(  # noqa: E731
        gateway.pb.GetJobRequest(batch_id=BATCH, job_id=f"{BATCH}-{chosen.randrange(arguments.jobs):07}"), timeout=60)
    timed("GetJob", [job] * 5_000)
    timed("ListJobs, pages of 100", pages(stub, 100, 1_000))
    timed("ListJobs, pages of 1,000", pages(stub, 1_000, 200))
    timed("ListJobs, 100, waiting ones only", pages(stub, 100, 500, states=[gateway.pb.Job.State.Value("WAITING")]))
    numbers = iter(range(10_000_000))
    timed("SubmitJob, one after another", [lambda: stub.SubmitJob(request(next(numbers), "single"), timeout=60)] * 1_000)
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        list(pool.map(lambda n: stub.SubmitJob(request(n, "many"), timeout=60), range(5_000)))
    print(f"SubmitJob, 64 at a time: {5_000 / (time.monotonic() - start):,.0f} jobs/s")


if __name__ == "__main__":
    main()
