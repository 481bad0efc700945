import GRPCCore
import TranslationAPI

/// Lets calls through that bear a token, and notes whose they are. Health needs none.
struct AccessInterceptor: ServerInterceptor {
    /// `nil` lets everybody in.
    let tokens: ClientTokens?

    private static let scheme = "bearer "

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: GRPCCore.ServerContext,
        next:
            @Sendable (StreamingServerRequest<Input>, GRPCCore.ServerContext) async throws
            -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        guard context.descriptor.service != Grpc_Health_V1_Health.descriptor else {
            return try await next(request, context)
        }
        let client = try client(request.metadata, context)
        return try await Caller.$name.withValue(client) { try await next(request, context) }
    }

    private func client(_ metadata: Metadata, _ context: GRPCCore.ServerContext) throws -> String {
        // Ports change from connection to connection.
        guard let tokens else { return context.remotePeer.split(separator: ":").dropLast().joined(separator: ":") }
        for value in metadata[stringValues: "authorization"] where value.lowercased().hasPrefix(Self.scheme) {
            let token = value.dropFirst(Self.scheme.count).trimmingPrefix { $0 == " " }
            if let client = tokens.client(of: String(token)) { return client }
        }
        throw ServiceError.make(
            .unauthenticated, .unauthenticated,
            "no valid token: send it in the metadata, 'authorization: Bearer TOKEN'")
    }
}
