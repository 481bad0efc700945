/// A recording as a source names it, with what the source says about it.
struct BatchEntry {
    /// What is to be translated.
    enum Recording {
        /// A file, by a path from the root.
        case file(path: String)
        /// Something that only the workers can look at.
        case uri(String)
    }

    var recording: Recording
    var place: SourcePlace
    var id: String?
    var targetLanguage: String?
    var sourceLanguage: String?
    var start: Double?
    var end: Double?
    var duration: Double?
    var sha256: String?
    var deadline: PointInTime?
    var labels: [String: String] = [:]

    init(_ recording: Recording, at place: SourcePlace) {
        self.recording = recording
        self.place = place
    }
}
