import HTTPTypes

/// Why the page's API refuses a request.
struct PageError: Error, Sendable, CustomStringConvertible {
    let status: HTTPResponse.Status
    /// For people.
    let message: String

    init(_ status: HTTPResponse.Status, _ message: String) {
        self.status = status
        self.message = message
    }

    var description: String { message }
}
