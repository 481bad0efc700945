import ArgumentParser
import Jobs

/// Hugging Face's `early_stopping` as it is written there.
enum EarlyStoppingArgument: String, ExpressibleByArgument, CaseIterable {
    case `true`, `false`, never

    var inJob: JobDecoding.EarlyStopping {
        switch self {
        case .true: .true
        case .false: .false
        case .never: .never
        }
    }
}
