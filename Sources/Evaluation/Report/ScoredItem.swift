/// A recording with what became of it.
struct ScoredItem {
    let item: EvaluationItem
    let record: EvaluationRecord
    let baseline: EvaluationRecord?
}
