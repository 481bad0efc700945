import HTTPTypes

/// Who may use the page's API: those who may use the service.
enum PageAccess: Sendable {
    /// Whoever bears a token.
    case tokens(ClientTokens)
    /// Whoever can connect.
    case everybody
    /// Whoever is on this machine.
    case thisMachine
    /// Nobody, for the reason that is given.
    case nobody(String)

    private static let scheme = "bearer "
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    /// Whose jobs these are, where nobody has a name.
    private static let nameless = "page"

    /// - Parameters:
    ///   - isLoopback: whether only this machine can reach the page.
    ///   - isInsecure: whether the network is said to be safe.
    ///   - asksForCertificates: whether the service knows its clients by certificates, which the page can't.
    init(tokens: ClientTokens?, isLoopback: Bool, isInsecure: Bool, asksForCertificates: Bool) {
        if let tokens {
            self = .tokens(tokens)
        } else if asksForCertificates {
            self = .nobody("This gateway knows its clients by certificates: the page needs --tokens.")
        } else if isLoopback {
            self = .thisMachine
        } else if isInsecure {
            self = .everybody
        } else {
            self = .nobody("This address can be reached from elsewhere: the page needs --tokens, or --insecure.")
        }
    }

    var needsToken: Bool { if case .tokens = self { true } else { false } }

    /// Whose request it is.
    /// - Throws: ``PageError`` for one that is not let through.
    func client(of request: HTTPRequest) throws(PageError) -> String {
        try Self.refuseOtherSites(request)
        switch self {
        case .everybody: return Self.nameless
        case .nobody(let reason): throw PageError(.forbidden, reason)
        case .thisMachine:
            // A name that leads here today may have led elsewhere when the browser loaded somebody's page.
            guard Self.namesAddress(request.authority ?? "") else {
                throw PageError(
                    .forbidden, "Ask for the page at localhost or by an address, or give the gateway --tokens.")
            }
            return Self.nameless
        case .tokens(let tokens):
            let field = request.headerFields[.authorization] ?? ""
            if field.lowercased().hasPrefix(Self.scheme) {
                let token = field.dropFirst(Self.scheme.count).trimmingPrefix { $0 == " " }
                if let client = tokens.client(of: String(token)) { return client }
            }
            throw PageError(.unauthorized, "No valid token.")
        }
    }

    /// Browsers send what other pages ask for as well.
    private static func refuseOtherSites(_ request: HTTPRequest) throws(PageError) {
        if let name = fetchSite, let site = request.headerFields[name] {
            guard ["same-origin", "none"].contains(site) else { throw otherSite }
        } else if let origin = request.headerFields[.origin] {
            guard origin.hasSuffix("://" + (request.authority ?? "")) else { throw otherSite }
        }
    }

    private static var otherSite: PageError { PageError(.forbidden, "Only the gateway's own page may ask that.") }

    private static func namesAddress(_ authority: String) -> Bool {
        if authority.hasPrefix("[") { return true }
        let host = authority.prefix { $0 != ":" }
        return host == "localhost"
            || host.split(separator: ".").count == 4 && host.allSatisfy { $0.isNumber || $0 == "." }
    }
}
