import Audio
import AudioStore
import Glibc
import Jobs
import Platform
import Testing

@testable import Worker

@Suite struct JobFailureTests {
    @Test(arguments: [
        (EIO, JobError.Reason.storageUnavailable), (ESTALE, .storageUnavailable), (ETIMEDOUT, .storageUnavailable),
        (EHOSTDOWN, .storageUnavailable), (ENOSPC, .resourceExhausted), (EDQUOT, .resourceExhausted),
        (EMFILE, .resourceExhausted), (ENFILE, .resourceExhausted), (ENOMEM, .resourceExhausted),
    ])
    func faultOfTheSystemMayPass(errorNumber: Int32, reason: JobError.Reason) {
        for error in errors(errorNumber) {
            let failure = JobFailure(error)
            #expect(failure.failureClass == .transient && failure.reason == reason, "\(error)")
        }
    }

    @Test(arguments: [ENOENT, EACCES, ELOOP, ENAMETOOLONG])
    func faultOfTheJobStays(errorNumber: Int32) {
        for error in errors(errorNumber) { #expect(JobFailure(error).failureClass == .permanent, "\(error)") }
    }

    @Test func storageThatAsksToBeLeftAloneMayPass() {
        let failure = JobFailure(AudioStoreError(code: .unavailable, message: "503 Slow Down"))
        #expect(failure.failureClass == .transient && failure.reason == .storageUnavailable)
    }

    @Test func anythingElseIsAFaultOfThisSoftware() {
        struct Trouble: Error {}
        #expect(JobFailure(Trouble()).reason == .internal && JobFailure(Trouble()).failureClass == .permanent)
    }

    /// The ways such a fault comes in.
    private func errors(_ errorNumber: Int32) -> [any Error] {
        let cause = SystemError(call: "read", errorNumber: errorNumber)
        return [
            cause, AudioStoreError(code: .notReadable, message: "m", cause: cause),
            AudioError(code: .notReadable, message: "m", cause: cause),
        ]
    }
}
