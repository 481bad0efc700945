import GRPCProtobuf
import Hummingbird
import Jobs
import NIOCore
import SwiftProtobuf
import TranslationAPI

/// Takes a recording from the page, and submits a job for it that somebody waits for. The file stays where it is.
struct RecordingUploads: Sendable {
    let folder: UploadFolder
    let submitter: JobSubmitter

    /// Written at once.
    private static let chunkSize = 1 << 20

    /// - Parameters:
    ///   - target: the language of the translation; empty for the model's own.
    ///   - client: whose job it is.
    /// - Returns: the job's id.
    /// - Throws: ``PageError``, `GoogleRPCStatus`, `SystemError`.
    func take(_ body: RequestBody, length: Int?, into target: String, client: String) async throws -> String {
        if let length, length > UploadFolder.sizeLimit { throw Self.tooLarge }
        let name = "upload-\(Self.randomDigits())"
        let file = try await receive(body, name: name)
        let outcome = await Caller.$name.withValue(client) {
            await submitter.submit([
                .with { request in
                    request.lane = .interactive
                    request.job.id = name
                    request.job.audio.uri = file.uri
                    request.job.targetLanguage = target
                }
            ])
        }
        guard case .rejected(let status)? = outcome.first else { return name }
        file.remove()
        throw status
    }

    private func receive(_ body: RequestBody, name: String) async throws -> UploadedFile {
        var file: UploadedFile?
        var chunk: [UInt8] = []
        var count = 0
        for try await buffer in body {
            count += buffer.readableBytes
            guard count <= UploadFolder.sizeLimit else { throw Self.tooLarge }
            chunk += Array(buffer: buffer)
            if file == nil, chunk.count >= RecordingType.headLength { file = try await begin(name, head: chunk) }
            if let file, chunk.count >= Self.chunkSize {
                try await file.write(chunk)
                chunk = []
            }
        }
        guard let file else { throw Self.notRecording }
        try await file.write(chunk)
        try await file.commit()
        return file
    }

    private func begin(_ name: String, head: [UInt8]) async throws -> UploadedFile {
        guard let type = RecordingType(head: head) else { throw Self.notRecording }
        return try await folder.begin("\(name).\(type.rawValue)")
    }

    /// 128 bits: nobody guesses them, and two never meet.
    private static func randomDigits() -> String {
        (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static var tooLarge: PageError {
        PageError(.contentTooLarge, "At most \(UploadFolder.sizeLimit / 1_000_000) MB can be sent.")
    }

    private static var notRecording: PageError {
        PageError(
            .unsupportedMediaType, "This is no recording that is read: expected WAV, FLAC, Ogg, MP3, AIFF or AU.")
    }
}
