"""A client of the gateway that shares no code with it: grpcio, and classes made by protoc from Sources/Jobs/Protos.

    gateway.py health  A                  prints what grpc.health.v1 says of the server and of the service
    gateway.py stream  A --batch B        submits jobs in streams; prints the ids of each stream once it is acknowledged
    gateway.py finish  A --batch B        says that the batch is complete
    gateway.py watch   A --batch B        watches a batch to its end, breaking off and going on; prints states and counts
    gateway.py list    A --batch B        prints all jobs of a batch, page by page, over the addresses by turns
    gateway.py job     A ID               prints a job
    gateway.py cancel  A --batch B        calls a batch off
    gateway.py race    A1 A2              submits the same names at the same time through both
    gateway.py count   --brokers K        counts what lies in the topics themselves, without any gateway

A is one address or several, separated by commas. Failures are printed as {"code": …, "reason": …} with exit code 1.
"""

import argparse
import collections
import concurrent.futures
import importlib
import itertools
import json
import pathlib
import sys
import tempfile
import time

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_tools import protoc

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import client  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def schema():
    """Compiles the service's schema and imports what comes of it."""
    protos = ROOT / "Sources/Jobs/Protos"
    names = [f"dragoman/v1/{name}.proto" for name in ("job", "result", "batch", "translation_service")]
    include = pathlib.Path(protoc.__file__).parent / "_proto"
    with tempfile.TemporaryDirectory() as folder:
        options = [f"-I{protos}", f"-I{include}", f"--python_out={folder}", f"--grpc_python_out={folder}"]
        if protoc.main(["protoc", *options, *names]) != 0:
            sys.exit("protoc failed")
        sys.path.insert(0, folder)
        return [importlib.import_module(f"dragoman.v1.translation_service_pb2{suffix}") for suffix in ("", "_grpc")]


pb, rpc = schema()


def emit(value):
    print(json.dumps(value), flush=True)


def failure(error):
    """Code, and the reason that the details give."""
    found = {"code": error.code().name, "message": error.details()}
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    found |= {"reason": info.reason, "domain": info.domain, "metadata": dict(info.metadata)}
    return found


def connect(arguments, address):
    options = [("grpc.max_receive_message_length", 64 << 20)]
    if not arguments.ca:
        return grpc.insecure_channel(address, options)
    read = lambda path: pathlib.Path(path).read_bytes() if path else None  # noqa: E731
    credentials = grpc.ssl_channel_credentials(read(arguments.ca), read(arguments.key), read(arguments.certificate))
    return grpc.secure_channel(address, credentials, options)


def stubs(arguments):
    return [rpc.TranslationServiceStub(connect(arguments, each)) for each in arguments.addresses.split(",")]


def metadata(arguments):
    values = {"authorization": arguments.token and f"Bearer {arguments.token}", "traceparent": arguments.traceparent}
    return [(name, value) for name, value in values.items() if value]


def submission(arguments, number, **audio):
    request = pb.SubmitJobRequest(lane=pb.BULK if arguments.bulk else pb.INTERACTIVE)
    job = request.job
    job.id = f"{arguments.batch}-{number}"
    job.batch_id = arguments.batch
    job.batch_index = number
    job.audio.uri = arguments.uri.format(id=job.id, number=number)
    if audio.get("hint"):
        job.audio.duration_hint = audio["hint"]
    return request


def health(arguments):
    stub = health_pb2_grpc.HealthStub(connect(arguments, arguments.addresses))
    states = {}
    for name in ("", "dragoman.v1.TranslationService", "no.such.Service"):
        try:
            answer = stub.Check(health_pb2.HealthCheckRequest(service=name), timeout=10)
            states[name] = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
        except grpc.RpcError as error:
            states[name] = error.code().name
    first = next(iter(stub.Watch(health_pb2.HealthCheckRequest(), timeout=10)))
    states["watch"] = health_pb2.HealthCheckResponse.ServingStatus.Name(first.status)
    emit(states)


def submissions(arguments, chunk):
    for place, number in enumerate(chunk):
        if place % 50 == 0:
            time.sleep(arguments.pause)
        yield submission(arguments, number, hint=arguments.hint)


def stream(arguments):
    stub = stubs(arguments)[0]
    numbers = iter(range(arguments.first, arguments.first + arguments.count))
    while chunk := list(itertools.islice(numbers, arguments.chunk)):
        answer = stub.SubmitJobs(submissions(arguments, chunk), timeout=120, metadata=metadata(arguments))
        rejected = {each.index: each for each in answer.rejected}
        emit(
            {
                "ids": [f"{arguments.batch}-{n}" for i, n in enumerate(chunk) if i not in rejected],
                "accepted": answer.accepted_count,
                "duplicates": answer.duplicate_count,
                "rejected": [pb.ErrorReason.Name(each.reason) for each in answer.rejected],
            }
        )


def finish(arguments):
    request = pb.FinishBatchRequest(batch_id=arguments.batch, job_count=arguments.count or None)
    batch = stubs(arguments)[0].FinishBatch(request, timeout=60, metadata=metadata(arguments))
    emit(json_format.MessageToDict(batch))


def watch(arguments):
    """Breaks the stream off again and again, and goes on at the next gateway with the token."""
    services = itertools.cycle(stubs(arguments))
    states, token, breaks, done = {}, "", 0, False
    while not done:
        request = pb.WatchJobsRequest(batch_id=arguments.batch, resume_token=token, until_finished=True)
        call = next(services).WatchJobs(request, timeout=arguments.timeout, metadata=metadata(arguments))
        done = True
        for message in call:
            for job in message.jobs:
                states[job.job.id] = pb.Job.State.Name(job.state)
            token = message.resume_token
            if message.caught_up and len(states) > (breaks + 1) * arguments.count // 4 and breaks < 3:
                call.cancel()
                breaks, done = breaks + 1, False
                break
    emit({"jobs": len(states), "breaks": breaks, "states": collections.Counter(states.values())})


def listing(arguments):
    services = itertools.cycle(stubs(arguments))
    ids, token = [], ""
    states = [pb.Job.State.Value(name) for name in arguments.states]
    while True:
        request = pb.ListJobsRequest(
            batch_id=arguments.batch, states=states, page_size=arguments.chunk, page_token=token, without_results=True)
        page = next(services).ListJobs(request, timeout=60, metadata=metadata(arguments))
        ids += [job.job.id for job in page.jobs]
        token = page.next_page_token
        if not token:
            return emit(ids)


def job(arguments):
    request = pb.GetJobRequest(job_id=arguments.names[0], batch_id=arguments.batch)
    found = stubs(arguments)[0].GetJob(request, timeout=30, metadata=metadata(arguments))
    emit(json_format.MessageToDict(found))


def submit(arguments):
    request = submission(arguments, arguments.first, hint=arguments.hint)
    found = stubs(arguments)[0].SubmitJob(request, timeout=30, metadata=metadata(arguments))
    emit(json_format.MessageToDict(found))


def cancel(arguments):
    request = pb.CancelJobsRequest(batch_id=arguments.batch, reason="called off by a test")
    answer = stubs(arguments)[0].CancelJobs(request, timeout=60, metadata=metadata(arguments))
    emit({"unfinished": answer.unfinished_count})


def race(arguments):
    """Each name through all gateways at the same time: with the same contents, and with others."""
    services = stubs(arguments)
    outcomes = collections.Counter()

    def attempt(service, number, hint):
        try:
            found = service.SubmitJob(submission(arguments, number, hint=hint), timeout=60, metadata=metadata(arguments))
            return "OK", found.job.audio.duration_hint, found.origin.offset
        except grpc.RpcError as error:
            return failure(error)["reason"], None, None

    with concurrent.futures.ThreadPoolExecutor(2 * len(services)) as pool:
        for number in range(arguments.count):
            differs = number % 2 == 1
            hints = [1 + (index if differs else 0) for index in range(len(services))]
            found = list(pool.map(attempt, services, [number] * len(services), hints))
            answers = sorted(code for code, _, _ in found)
            # Whoever is told that all is well has the one job that there is.
            winners = {(hint, offset) for code, hint, offset in found if code == "OK"}
            outcomes[("other" if differs else "same") + ":" + ",".join(answers) + f":{len(winners)}"] += 1
    emit(outcomes)


def count(arguments):
    """Reads the topics from their beginning to their end."""
    job_pb2, result_pb2, _ = client.messages()
    found = {}
    for name, kind in (("jobs", job_pb2.TranslationJob), ("jobs.bulk", job_pb2.TranslationJob),
                       ("results", result_pb2.TranslationResult)):
        consumer = client.reader(arguments, arguments.prefix + name)
        ends = {}
        for partition in client.partitions(consumer, arguments.prefix + name):
            ends[partition] = consumer.get_watermark_offsets(client.TopicPartition(arguments.prefix + name, partition))[1]
        left, seen, records = sum(ends.values()), collections.Counter(), 0
        while records < left:
            for record in consumer.consume(10_000, timeout=10):
                records += 1
                if record.value() is None:
                    continue
                message = client.decode(kind(), record)
                seen[(message.batch_id, getattr(message, "id", None) or getattr(message, "job_id", None))] += 1
        ids = [id for batch, id in seen if not arguments.batch or batch == arguments.batch]
        found[name] = {"ids": sorted(ids), "records": sum(seen.values())}
    emit(found)


def main():
    parser = argparse.ArgumentParser()
    commands = {"list": listing} | {
        each.__name__: each for each in (health, stream, finish, watch, job, submit, cancel, race, count)
    }
    parser.add_argument("command", choices=commands)
    parser.add_argument("addresses", nargs="?", default="")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--batch", default="")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--chunk", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0, help="seconds before every 50 jobs of a stream")
    parser.add_argument("--hint", type=float, default=0)
    parser.add_argument("--uri", default="file:///audio/{number}.wav")
    parser.add_argument("--bulk", action="store_true")
    parser.add_argument("--states", nargs="*", default=[])
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--token")
    parser.add_argument("--traceparent")
    parser.add_argument("--ca")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--brokers")
    parser.add_argument("--prefix", default="dragoman.")
    arguments = parser.parse_intermixed_args()
    try:
        commands[arguments.command](arguments)
    except grpc.RpcError as error:
        emit(failure(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
