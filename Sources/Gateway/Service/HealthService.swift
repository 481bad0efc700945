import GRPCCore
import SwiftProtobuf
import Synchronization
import TranslationAPI

/// `grpc.health.v1.Health`: the server as a whole under the empty name, and the service under its own.
final class HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol {
    typealias Status = Grpc_Health_V1_HealthCheckResponse.ServingStatus

    private struct State {
        var status = Status.notServing
        var listeners: [Int: AsyncStream<Status>.Continuation] = [:]
        var nextID = 0
    }

    private static let services: Set<String> = [
        "", Dragoman_V1_TranslationService.descriptor.fullyQualifiedService,
    ]
    private let state = Mutex(State())
    private let draining: Draining

    init(draining: Draining) {
        self.draining = draining
    }

    var status: Status { state.withLock { $0.status } }

    /// Tells everybody who watches.
    func set(_ status: Status) {
        let listeners = state.withLock { state in
            guard state.status != status else { return [AsyncStream<Status>.Continuation]() }
            state.status = status
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield(status) }
    }

    func check(
        request: Grpc_Health_V1_HealthCheckRequest, context: GRPCCore.ServerContext
    ) async throws -> Grpc_Health_V1_HealthCheckResponse {
        guard Self.services.contains(request.service) else {
            throw RPCError(code: .notFound, message: "there is no service '\(request.service)'")
        }
        return .with { $0.status = status }
    }

    func watch(
        request: Grpc_Health_V1_HealthCheckRequest, response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
        context: GRPCCore.ServerContext
    ) async throws {
        guard Self.services.contains(request.service) else {
            try await response.write(.with { $0.status = .serviceUnknown })
            // It may come later, for all the protocol knows.
            return try await draining.run { try await Task.sleep(for: .seconds(1 << 40)) }
        }
        let (statuses, continuation) = AsyncStream.makeStream(of: Status.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            state.listeners[state.nextID] = continuation
            continuation.yield(state.status)
            return state.nextID
        }
        defer { state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
        try await draining.run {
            for await status in statuses { try await response.write(.with { $0.status = status }) }
        }
    }
}
