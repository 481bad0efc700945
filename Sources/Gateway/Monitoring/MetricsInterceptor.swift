import GRPCCore
import TranslationAPI

/// Counts calls and measures how long they take, from their first byte to their last.
struct MetricsInterceptor: ServerInterceptor {
    let metrics: GatewayMetrics

    init(_ metrics: GatewayMetrics) {
        self.metrics = metrics
        for method in Dragoman_V1_TranslationService.Method.descriptors { metrics.prepare(method.method) }
    }

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: GRPCCore.ServerContext,
        next:
            @Sendable (StreamingServerRequest<Input>, GRPCCore.ServerContext) async throws
            -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let start = ContinuousClock.now
        let ended = { @Sendable [metrics] (code: String) in
            metrics.ended(context.descriptor.method, code: code, seconds: start.duration(to: .now) / .seconds(1))
        }
        do {
            var response = try await next(request, context)
            switch response.accepted {
            case .failure(let error): ended(Self.name(of: error))
            case .success(var contents):
                let produce = contents.producer
                contents.producer = { writer in
                    do {
                        let trailer = try await produce(writer)
                        ended("ok")
                        return trailer
                    } catch {
                        ended(Self.name(of: error))
                        throw error
                    }
                }
                response.accepted = .success(contents)
            }
            return response
        } catch {
            ended(Self.name(of: error))
            throw error
        }
    }

    /// The status' name in lower case.
    private static func name(of error: any Error) -> String {
        switch error {
        case let error as RPCError: name(of: error.code)
        case let error as any RPCErrorConvertible: name(of: error.rpcErrorCode)
        case is CancellationError: name(of: .cancelled)
        default: name(of: .unknown)
        }
    }

    /// `NOT_FOUND` or `notFound` as `not_found`, whatever the library makes of it.
    private static func name(of code: RPCError.Code) -> String {
        // Swift's word for what the protocol calls INTERNAL.
        if code == .internalError { return "internal" }
        let text = "\(code)"
        guard text.contains(where: \.isLowercase) else { return text.lowercased() }
        return text.reduce(into: "") { name, character in
            if character.isUppercase, !name.isEmpty { name.append("_") }
            name += character.lowercased()
        }
    }
}
