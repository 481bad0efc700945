"""A collector of traces that shares no code with Dragoman: OTLP over HTTP, read with OpenTelemetry's own schema.

    tracing.py            prints its address, and then each span as JSON
    tracing.py --refuse   answers 503 to everything

A request that is not what the schema and OTLP's rules for spans ask for is answered with 400 and printed as {"fault": …}.
"""

import argparse
import http.server
import json

from google.protobuf import unknown_fields
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest, ExportTraceServiceResponse
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status


def emit(value):
    print(json.dumps(value), flush=True)


def check(condition, message):
    if not condition:
        raise ValueError(message)


def value(any_value):
    return getattr(any_value, any_value.WhichOneof("value"))


def attributes(pairs):
    names = [pair.key for pair in pairs]
    check(len(names) == len(set(names)) and all(names), f"attributes: {names}")
    return {pair.key: value(pair.value) for pair in pairs}


def check_known(message):
    """Nothing in it that the schema does not have."""
    check(len(unknown_fields.UnknownFieldSet(message)) == 0, f"unknown fields in {message.DESCRIPTOR.name}")
    for field, contents in message.ListFields():
        if field.message_type:
            for each in contents if field.is_repeated else [contents]:
                check_known(each)


def spans(body):
    request = ExportTraceServiceRequest.FromString(body)
    check_known(request)
    check(request.resource_spans, "no spans of any resource")
    for resource_spans in request.resource_spans:
        resource = attributes(resource_spans.resource.attributes)
        check(resource.get("service.name"), "a resource without service.name")
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                check(len(span.trace_id) == 16 and any(span.trace_id), "trace_id")
                check(len(span.span_id) == 8 and any(span.span_id), "span_id")
                check(len(span.parent_span_id) in (0, 8), "parent_span_id")
                check(span.name, "a span without a name")
                check(span.kind != Span.SPAN_KIND_UNSPECIFIED, "a span without a kind")
                check(0 < span.start_time_unix_nano <= span.end_time_unix_nano, "a span that ends before it starts")
                yield {
                    "service": resource["service.name"],
                    "trace": span.trace_id.hex(),
                    "span": span.span_id.hex(),
                    "parent": span.parent_span_id.hex(),
                    "state": span.trace_state,
                    "name": span.name,
                    "kind": Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_"),
                    "status": Status.StatusCode.Name(span.status.code).removeprefix("STATUS_CODE_"),
                    "start": span.start_time_unix_nano,
                    "end": span.end_time_unix_nano,
                    "attributes": {name: str(each) for name, each in attributes(span.attributes).items()},
                }


class Collector(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    refuses = False

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = 200
        try:
            check(self.path == "/v1/traces", f"path {self.path}")
            check(self.headers["Content-Type"] == "application/x-protobuf", self.headers["Content-Type"])
            if self.refuses:
                status = 503
            else:
                for span in spans(body):
                    emit(span)
        except (ValueError, DecodeError) as error:
            emit({"fault": str(error)})
            status = 400
        answer = ExportTraceServiceResponse().SerializeToString()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--refuse", action="store_true")
    Collector.refuses = parser.parse_args().refuse
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    emit({"address": "http://127.0.0.1:%d" % server.server_port})
    server.serve_forever()


if __name__ == "__main__":
    main()
