/// Cuts a recording into segments as the probabilities of its windows come in. Segments and what lies between them follow
/// each other without gap or overlap, and cover every window.
struct Segmenter {
    private let method: SegmentationOptions.Method
    private let options: SegmentationOptions
    private let minimum, target, maximum, longPause, padding: Int
    /// Windows behind a segment's beginning that have to be known before it is cut.
    private let lookahead: Int

    private var tracker: SpeechTracker
    /// Probabilities from window `base` on: those two before `start` as well, as cuts are rated by what is near.
    private var probabilities: [Float] = []
    private var base = 0
    /// The first window that is in no span yet.
    private var start = 0
    private var count = 0
    private var hasEnded = false
    private var ready: [WindowSpan] = []

    init(_ options: SegmentationOptions) {
        func windows(_ seconds: Double) -> Int { Int((seconds / SpeechDetector.windowSeconds).rounded(.down)) }
        self.options = options
        method = options.method ?? .pauses
        maximum = max(2, windows(options.maxLength))
        minimum = max(1, min(windows(options.minLength), maximum / 2))
        target = max(minimum, min(windows(options.targetLength), maximum))
        longPause = max(1, windows(options.longPause))
        padding = Int((options.activity.padding / SpeechDetector.windowSeconds).rounded(.up))
        // Until a stretch of speech, or a pause, that began before the cut counts as one.
        let settling = windows(options.activity.minSpeech + options.activity.minSilence) + longPause + 2 * padding + 2
        lookahead = (method == .divideAndConquer ? max(6 * maximum, windows(60)) : maximum) + settling
        tracker = SpeechTracker(options.activity)
    }

    /// Windows that are kept at most.
    static func lookahead(_ options: SegmentationOptions) -> Int { Segmenter(options).lookahead }

    mutating func append(_ new: some Collection<Float>) {
        probabilities += new
        count += new.count
        for probability in new { tracker.append(probability) }
    }

    mutating func finish() {
        hasEnded = true
        tracker.finish()
    }

    /// The next span; `nil` when more has to be known, or after the end.
    mutating func next() -> WindowSpan? {
        if ready.isEmpty { advance() }
        guard !ready.isEmpty else { return nil }
        return ready.removeFirst()
    }

    private mutating func advance() {
        guard method != .fixed else { return advanceByTarget() }
        let active = nextActive ?? (hasEnded ? count : max(start, count - 2 * padding))
        // What lies before the next stretch of speech; where there is none yet, a second at a time.
        if active > start, active - start >= 32 || nextActive != nil || hasEnded {
            return end([WindowSpan(range: start..<active, isSpeech: false)], at: active)
        }
        guard nextActive != nil, hasEnded || count - start >= lookahead else { return }
        if method == .divideAndConquer { divide() } else { take(start..<pauseCut()) }
    }

    /// Every target length.
    private mutating func advanceByTarget() {
        guard start < count, hasEnded || count - start >= target + lookahead - maximum else { return }
        let range = start..<min(start + target, count)
        end([WindowSpan(range: range, isSpeech: !activeStretches(in: range).isEmpty)], at: range.upperBound)
    }

    /// Where the segment that begins at `start` is cut, by pauses.
    private func pauseCut() -> Int {
        let last = min(start + maximum, count)
        var end = start
        for stretch in activeStretches(in: start..<min(last + longPause, count)) {
            let place = max(end, start + minimum)
            if stretch.lowerBound - end >= longPause, place < stretch.lowerBound, place <= last {
                return finder.quiet(near: place, in: place...min(stretch.lowerBound, last))
            }
            end = stretch.upperBound
        }
        let place = max(end, start + minimum)
        if end < count, min(last + longPause, count) - end >= longPause, place <= last {
            return finder.quiet(near: place, in: place...last)
        }
        if count - start <= maximum { return count }
        // Something as long as a segment stays behind it, unless that takes a cut in speech.
        let latest = hasEnded ? max(start + minimum, min(last, count - minimum)) : last
        let near = min(start + target, latest)
        let best = finder.best(in: (start + minimum)...latest, near: near)
        return finder.isQuiet(best) ? best : finder.best(in: (start + minimum)...last, near: near)
    }

    /// Cuts what is known of the recording recursively, and keeps the first half: what comes later is not known yet.
    private mutating func divide() {
        let end = min(count, start + lookahead)
        var pieces: [Range<Int>] = []
        divide(start..<end, finder, into: &pieces)
        if !hasEnded || end < count {
            let half = start + (end - start) / 2
            pieces.removeLast(pieces.count - max(1, pieces.prefix { $0.upperBound <= half }.count))
        }
        guard let last = pieces.last else { return }
        let spans = pieces.flatMap(trimmed)
        self.end(spans, at: last.upperBound)
    }

    private func divide(_ range: Range<Int>, _ finder: CutFinder, into pieces: inout [Range<Int>]) {
        let active = activeStretches(in: range)
        guard range.count > maximum, let first = active.first?.lowerBound, let last = active.last?.upperBound,
            last - first > max(2 * minimum, maximum - 2 * padding)
        else { return pieces.append(range) }
        // Neither part is shorter than the least length, unless that takes a cut in speech.
        var cut = finder.quietest(in: (first + minimum)...(last - minimum))
        if !finder.isQuiet(cut) { cut = finder.quietest(in: (first + minimum)...(last - 1)) }
        divide(range.lowerBound..<cut, finder, into: &pieces)
        divide(cut..<range.upperBound, finder, into: &pieces)
    }

    private mutating func take(_ range: Range<Int>) { end(trimmed(range), at: range.upperBound) }

    /// A piece without the silence at either end.
    private func trimmed(_ range: Range<Int>) -> [WindowSpan] {
        let stretches = activeStretches(in: range)
        guard var begin = stretches.first?.lowerBound, var end = stretches.last?.upperBound else {
            return [WindowSpan(range: range, isSpeech: false)]
        }
        let active = (begin, end)
        // What is too short to count as speech may lie just there; between them and speech there is all their padding.
        if begin > range.lowerBound {
            begin = finder.quiet(near: begin, in: max(range.lowerBound, begin - padding)...(begin + padding))
        }
        if end < range.upperBound {
            end = finder.quiet(near: end, in: (end - padding)...min(range.upperBound, end + padding))
        }
        if end - begin > maximum { (begin, end) = active }
        return [
            WindowSpan(range: range.lowerBound..<begin, isSpeech: false),
            WindowSpan(range: begin..<end, isSpeech: true),
            WindowSpan(range: end..<range.upperBound, isSpeech: false),
        ].filter { !$0.range.isEmpty }
    }

    private mutating func end(_ spans: [WindowSpan], at place: Int) {
        ready += spans
        start = place
        let kept = max(base, start - 2)
        probabilities.removeFirst(kept - base)
        base = kept
        tracker.forget(before: start - padding)
    }

    private var finder: CutFinder {
        CutFinder(
            probabilities: probabilities[...], base: base, threshold: Float(options.activity.threshold),
            negativeThreshold: Float(options.activity.effectiveNegativeThreshold))
    }

    /// Where the first stretch of speech from `start` on begins, with its padding.
    private var nextActive: Int? {
        let all = tracker.stretches.map(\.lowerBound) + (tracker.openStart.map { [$0] } ?? [])
        let ends = tracker.stretches.map(\.upperBound) + (tracker.openStart.map { _ in [Int.max] } ?? [])
        return zip(all, ends).first { $1 > start }.map { stretch, _ in
            let place = max(start, stretch - padding)
            let latest = max(place, min(stretch, place + padding))
            return finder.quiet(near: place, in: max(start, place - padding)...latest)
        }
    }

    /// Stretches of speech that reach into a range, with their padding there, joined where they touch.
    private func activeStretches(in range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let open = tracker.openStart.map { [$0..<count] } ?? []
        for stretch in tracker.stretches + open where stretch.overlaps(range) {
            let padded = (stretch.lowerBound - padding)..<(stretch.upperBound + padding)
            let part = padded.clamped(to: range)
            if part.isEmpty { continue }
            if let last = result.last, part.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, part.upperBound)
            } else {
                result.append(part)
            }
        }
        return result
    }
}
