import Foundation
import GRPCCore
import GRPCProtobuf
import HTTPTypes
import Hummingbird
import Jobs
import Monitoring
import NIOCore
import TranslationAPI

/// The page at `/`, and its API under `/api`.
struct PageRoutes: Sendable {
    let access: PageAccess
    let overview: OverviewBuilder
    let uploads: RecordingUploads?

    /// Nothing from elsewhere, nothing inline, in nobody's frame.
    private static let policy = """
        default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'
        """
    private static let headers: [(name: String, value: String)] = [
        ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    private struct Access: Encodable {
        let needsToken: Bool
    }

    private struct Submitted: Encodable {
        let job: String
    }

    private struct Problem: Encodable {
        let error: String
    }

    func add(to routes: MonitoringServer.Routes) {
        for resource in PageResource.all {
            routes.get(RouterPath(resource.path)) { _, _ in
                Self.response(.ok, resource.type, ByteBuffer(bytes: resource.bytes), caching: "no-cache")
            }
        }
        routes.get("/api/access") { _, _ in try Self.json(.ok, Access(needsToken: access.needsToken)) }
        routes.get("/api/overview") { request, _ in
            await answer(request) { _ in
                let window = request.uri.queryParameters["window"].flatMap { Int($0) } ?? FleetWatch.windows[0]
                return try Self.json(.ok, try await overview.overview(window: window))
            }
        }
        routes.get("/api/jobs/:id") { request, context in
            await answer(request) { _ in
                let id = context.parameters.get("id") ?? ""
                guard let job = try await overview.watch.index.latestJob(id) else {
                    throw PageError(.notFound, "There is no such job.")
                }
                return try Self.json(.ok, PageJob(try job.message(overview.watch.index.topics)))
            }
        }
        routes.post("/api/recordings") { request, _ in
            await answer(request) { client in
                guard let uploads else { throw PageError(.notFound, "Uploads are off: see --http-uploads.") }
                let job = try await uploads.take(
                    request.body, length: request.headers[.contentLength].flatMap { Int($0) },
                    into: request.uri.queryParameters["target"].map { String($0) } ?? "", client: client)
                return try Self.json(.created, Submitted(job: job))
            }
        }
    }

    /// Answers who may ask.
    private func answer(_ request: Request, _ body: (_ client: String) async throws -> Response) async -> Response {
        do {
            return try await body(access.client(of: request.head))
        } catch let error as PageError {
            var response = Self.problem(error.status, error.message)
            if error.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        } catch let error as GoogleRPCStatus {
            return Self.problem(error.code == .invalidArgument ? .badRequest : .serviceUnavailable, error.message)
        } catch {
            return Self.problem(.internalServerError, "The gateway can't answer now: \(error)")
        }
    }

    private static func problem(_ status: HTTPResponse.Status, _ message: String) -> Response {
        (try? json(status, Problem(error: message)))
            ?? response(status, "text/plain; charset=utf-8", ByteBuffer(), caching: "no-store")
    }

    private static func json(_ status: HTTPResponse.Status, _ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return response(
            status, "application/json", ByteBuffer(bytes: try encoder.encode(value)), caching: "no-store")
    }

    private static func response(
        _ status: HTTPResponse.Status, _ type: String, _ body: ByteBuffer, caching: String
    ) -> Response {
        var fields: HTTPFields = [.contentType: type, .cacheControl: caching]
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: body))
    }
}
