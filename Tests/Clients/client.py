"""A client of Dragoman's topics that shares no code with it: confluent-kafka, and protobuf classes made by protoc from
Sources/Jobs/Protos.

    client.py translate --brokers B --prefix P URI...    sends a job for each URI, prints each result as a line of JSON
    client.py offsets   --brokers B --group G TOPIC...    prints what the group has committed and where the topics end
    client.py answer    --brokers B --prefix P            answers every job there is with an invented result
"""

import argparse
import importlib
import json
import pathlib
import sys
import tempfile
import time

from confluent_kafka import Consumer, Producer, TopicPartition
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[2]


def messages():
    """Compiles the schema and imports what comes of it."""
    protos = ROOT / "Sources/Jobs/Protos"
    names = [f"dragoman/v1/{name}.proto" for name in ("job", "result", "batch")]
    include = pathlib.Path(protoc.__file__).parent / "_proto"
    with tempfile.TemporaryDirectory() as folder:
        if protoc.main(["protoc", f"-I{protos}", f"-I{include}", f"--python_out={folder}", *names]) != 0:
            sys.exit("protoc failed")
        sys.path.insert(0, folder)
        return [importlib.import_module(name.replace("/", ".").replace(".proto", "_pb2")) for name in names]


def partitions(client, topic):
    return sorted(client.list_topics(topic, timeout=30).topics[topic].partitions)


def reader(arguments, topic):
    """A consumer that reads all of a topic without joining a group."""
    consumer = Consumer(
        {
            "bootstrap.servers": arguments.brokers,
            "group.id": "not-joined",
            "enable.auto.commit": False,
            "enable.partition.eof": False,
        }
    )
    consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions(consumer, topic)])
    return consumer


def translate(arguments):
    job_pb2, result_pb2, _ = messages()
    producer = Producer({"bootstrap.servers": arguments.brokers, "acks": "all"})
    waiting = set()
    for number, uri in enumerate(arguments.names):
        job = job_pb2.TranslationJob(id=f"python-{int(time.time() * 1000)}-{number}")
        job.audio.uri = uri
        job.labels["client"] = "python"
        headers = {"content-type": "application/protobuf"}
        producer.produce(f"{arguments.prefix}jobs", job.SerializeToString(), job.id, headers=headers)
        waiting.add(job.id)
    producer.flush(30)
    consumer = reader(arguments, f"{arguments.prefix}results")
    deadline = time.monotonic() + arguments.timeout
    while waiting and time.monotonic() < deadline:
        record = consumer.poll(0.5)
        if record is None or record.error() or record.key().decode() not in waiting:
            continue
        assert dict(record.headers())["content-type"] == b"application/protobuf"
        result = result_pb2.TranslationResult.FromString(record.value())
        waiting.discard(result.job_id)
        status = result_pb2.TranslationResult.Status.Name(result.status)
        line = {"uri": result.audio.uri, "status": status, "text": result.text, "labels": dict(result.labels)}
        print(json.dumps(line, ensure_ascii=False), flush=True)
    if waiting:
        sys.exit(f"no result for {sorted(waiting)}")


def offsets(arguments):
    consumer = Consumer({"bootstrap.servers": arguments.brokers, "group.id": arguments.group})
    readings = []
    for topic in arguments.names:
        wanted = [TopicPartition(topic, partition) for partition in partitions(consumer, topic)]
        for found in consumer.committed(wanted, timeout=30):
            low, end = consumer.get_watermark_offsets(found, timeout=30)
            committed = found.offset if found.offset >= 0 else None
            readings.append(
                {"topic": topic, "partition": found.partition, "committed": committed, "low": low, "end": end}
            )
    print(json.dumps(readings))


def answer(arguments):
    """Fills the results topic, for measuring how fast it is read."""
    job_pb2, result_pb2, _ = messages()
    producer = Producer({"bootstrap.servers": arguments.brokers, "linger.ms": 20, "queue.buffering.max.messages": 10**6})
    consumer = reader(arguments, f"{arguments.prefix}jobs")
    count, idle = 0, 0
    while idle < 10:
        records = consumer.consume(10_000, timeout=0.5)
        idle = 0 if records else idle + 1
        for record in records:
            job = job_pb2.TranslationJob.FromString(record.value())
            result = result_pb2.TranslationResult(
                job_id=job.id, run=job.run, batch_id=job.batch_id, batch_index=job.batch_index, worker="python",
                status=result_pb2.TranslationResult.OK, text="the quick brown fox jumps over the lazy dog",
                target_language="en", audio_seconds=4.25, attempt=1,
            )
            result.audio.CopyFrom(job.audio)
            result.model.name = "wav2vec2-xls-r-300m-21-to-en"
            result.model.digest = "0" * 64
            result.model.precision = "float32"
            segment = result.segments.add(end=4.25, text=result.text, beam_score=-0.5, mean_token_logprob=-0.4)
            segment.tokens.extend(range(250004, 250024))
            result.finish_time.GetCurrentTime()
            value, kind = result.SerializeToString(), "protobuf"
            if arguments.json:
                from google.protobuf import json_format

                value, kind = json_format.MessageToJson(result, indent=None).encode(), "json"
            headers = {"content-type": f"application/{kind}"}
            producer.produce(f"{arguments.prefix}results", value, record.key(), record.partition(), headers=headers)
            count += 1
            if count % 10_000 == 0:
                producer.poll(0)
    producer.flush(60)
    print(json.dumps({"results": count}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["translate", "offsets", "answer"])
    parser.add_argument("--brokers", required=True)
    parser.add_argument("--prefix", default="dragoman.")
    parser.add_argument("--group", default="dragoman")
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_intermixed_args()
    {"translate": translate, "offsets": offsets, "answer": answer}[arguments.command](arguments)


if __name__ == "__main__":
    main()
