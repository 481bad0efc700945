import AudioStore
import Foundation
import Platform

#if canImport(Glibc)
import Glibc
#endif

/// Storage that holds the recording of every plan, and is as slow and as unreliable as the plan and the weather say.
struct ChaosStore: AudioStore {
    let folder: OutputFolder
    let journal: Journal

    func fetch(_ uri: String) async throws -> FetchedAudio {
        guard let plan = JobPlan(uri: uri) else {
            throw AudioStoreError(code: .uriNotSupported, message: "'\(uri)' is not a 'chaos:' URI")
        }
        journal.note(.fetch, job: plan.id)
        var delay = plan.fetch
        if let first = plan.firstFetch, try AttemptCounter(folder: folder.attempts).add("slow-fetch-\(plan.id)") == 0 {
            delay = first
        }
        try await Task.sleep(for: .milliseconds(delay))
        try await endure(uri)
        switch plan.trouble {
        case .missing: throw AudioStoreError(code: .notFound, message: "'\(uri)' is not there")
        case .flaky(let times):
            let attempts = try AttemptCounter(folder: folder.attempts).add("fetch-\(plan.id)")
            if attempts < times { throw failure(EIO, uri) }
        default: break
        }
        let path = "\(folder.audio)/\(UUID().uuidString).wav"
        try Data(PlanRecording.file(of: plan)).write(to: URL(filePath: path))
        return FetchedAudio(path: path, keeping: BorrowedFile(path: path))
    }

    private func endure(_ uri: String) async throws {
        while true {
            switch StorageWeather.current(folder.weather) {
            case .fine: return
            case .slow(let milliseconds): return try await Task.sleep(for: .milliseconds(milliseconds))
            case .failing: throw failure(EIO, uri)
            case .full: throw failure(ENOSPC, uri)
            case .hanging: try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private func failure(_ number: Int32, _ uri: String) -> AudioStoreError {
        AudioStoreError(
            code: .notReadable, message: "can't read '\(uri)'",
            cause: SystemError(call: "read", errorNumber: number, path: uri))
    }
}
