import Jobs

/// Who makes the call that a task works on.
enum Caller {
    /// The client's name from the file of tokens; without such a file, where the call comes from.
    @TaskLocal static var name = ""
    /// W3C trace context of the call, to be handed on.
    @TaskLocal static var trace: [MessageHeader] = []
}
