import GRPCCore
import Jobs
import Tracing
import TranslationAPI

/// Has a span for each call, below the caller's where its metadata names one, and jobs that come of the call below it.
struct TracingInterceptor: ServerInterceptor {
    private static let names = [HeaderName.traceParent.rawValue, HeaderName.traceState.rawValue]
    /// More than W3C's recommendation allows.
    private static let longest = 1_024

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: GRPCCore.ServerContext,
        next:
            @Sendable (StreamingServerRequest<Input>, GRPCCore.ServerContext) async throws
            -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        guard context.descriptor.service != Grpc_Health_V1_Health.descriptor else {
            return try await next(request, context)
        }
        let headers = Self.names.compactMap { name in
            request.metadata[stringValues: name].first { $0.utf8.count <= Self.longest }
                .map { MessageHeader(name: name, value: Array($0.utf8)) }
        }
        let span = InstrumentationSystem.tracer.startSpan(
            "\(context.descriptor)", context: InstrumentationContext(of: headers), ofKind: .server)
        span.attributes["rpc.system"] = "grpc"
        do {
            let trace = headers.carrying(span.context)
            var response = try await Caller.$trace.withValue(trace) { try await next(request, context) }
            switch response.accepted {
            case .failure(let error):
                span.end(failure: error)
            case .success(var contents):
                let produce = contents.producer
                contents.producer = { writer in
                    do {
                        let trailer = try await Caller.$trace.withValue(trace) { try await produce(writer) }
                        span.end()
                        return trailer
                    } catch {
                        span.end(failure: error)
                        throw error
                    }
                }
                response.accepted = .success(contents)
            }
            return response
        } catch {
            span.end(failure: error)
            throw error
        }
    }
}

extension Span {
    fileprivate func end(failure: any Error) {
        recordError(failure)
        end()
    }
}
