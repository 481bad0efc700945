/// A value an ``Unpickler`` builds.
///
/// Containers live in the unpickler's ``PickleHeap`` and are named by index: values share them as Python's do, yet
/// neither cycles nor deep nesting made by a hostile pickle can leak memory or overflow the stack.
enum PickleValue: Sendable, Hashable {
    case none
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    case global(PickleGlobal)
    /// Index of a node of the heap.
    case object(Int)
}
