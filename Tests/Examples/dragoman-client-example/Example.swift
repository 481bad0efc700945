// How a service has a recording translated: submits one job to a gateway, watches it, and prints the translation.
//
//     .package(url: "…/dragoman", from: "…")                       in the service's Package.swift, and
//     .product(name: "DragomanClient", package: "dragoman")        among its target's dependencies
//
// Run it with a gateway of this machine: dragoman-client-example 127.0.0.1:50051 file:///audio/call-17.wav en
import DragomanClient
import Foundation

@main
enum Example {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 3, let endpoint = arguments.first, let language = arguments.last else {
            print("usage: dragoman-client-example HOST:PORT AUDIO-URI LANGUAGE")
            exit(2)
        }
        do {
            let result = try await translate(arguments[arguments.startIndex + 1], into: language, at: endpoint)
            guard result.status == .ok else {
                // The reasons are in the schema: AUDIO_NOT_FOUND, URI_NOT_ALLOWED and so on.
                print("\(result.status): \(result.error.message)")
                exit(1)
            }
            print(result.text)
        } catch {
            print("\(error)")
            exit(1)
        }
    }

    private static func translate(
        _ uri: String, into language: String, at endpoint: String
    ) async throws -> TranslationResult {
        // Elsewhere than on one machine rather: security: .tls, token: .file("/run/secrets/dragoman-token")
        let configuration = try DragomanClient.Configuration(endpoint: endpoint, security: .plaintext)
        return try await DragomanClient.with(configuration) { client in
            // Its id is derived from what it asks for: asked for again, it is the same job.
            let job = try await client.submit(TranslationJob(uri: uri, into: language))
            for try await update in client.watch(.jobs([job.id])) {
                for job in update.jobs {
                    FileHandle.standardError.write(Data("\(job.id) is \(job.state)\n".utf8))
                    if let result = job.result { return result }
                }
            }
            // In short, all of this is
            return try await client.result(of: job)
        }
    }
}
