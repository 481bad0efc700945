import CCurl

/// One of libcurl's easy handles, with the connections it keeps. One thread at a time uses it.
///
/// `@unchecked`: ``HTTPClient`` hands it to one transfer at a time.
final class CurlHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?() {
        guard Self.isReady, let pointer = curl_easy_init() else { return nil }
        self.pointer = OpaquePointer(pointer)
    }

    deinit { curl_easy_cleanup(UnsafeMutableRawPointer(pointer)) }

    private var handle: UnsafeMutableRawPointer { UnsafeMutableRawPointer(pointer) }

    /// Performs a request, blocking the thread.
    func perform(_ request: HTTPRequest, _ timeouts: HTTPTimeouts, caFile: String?, _ context: TransferContext)
        -> CURLcode
    {
        curl_easy_reset(handle)
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Whoever set a proxy for people's programs did not mean this one; and a proxy would hide the address.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_USERAGENT, "dragoman")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_NOPROGRESS, 0)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_BUFFERSIZE, 256 * 1024)
        set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.milliseconds)
        // Less than a byte a second for so long.
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, max(1, timeouts.stall.milliseconds / 1000))
        if let caFile { set(CURLOPT_CAINFO, caFile) }
        switch request.method {
        case "GET": set(CURLOPT_HTTPGET, 1)
        case "HEAD": set(CURLOPT_NOBODY, 1)
        default: set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(headers) }
        for (name, value) in request.headers { headers = curl_slist_append(headers, "\(name): \(value)") }
        if let signature = request.signature {
            set(CURLOPT_AWS_SIGV4, "aws:amz:\(signature.region):\(signature.service)")
            set(CURLOPT_USERNAME, signature.credentials.accessKey)
            set(CURLOPT_PASSWORD, signature.credentials.secretKey)
            if let token = signature.credentials.sessionToken {
                headers = curl_slist_append(headers, "x-amz-security-token: \(token)")
            }
        }
        ccurl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
        ccurl_set_callbacks(
            handle, Unmanaged.passUnretained(context).toOpaque(),
            { data, size, count, context in
                guard let context = TransferContext.from(context) else { return 0 }
                return context.body(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
            },
            { data, size, count, context in
                TransferContext.from(context)?.header(UnsafeRawBufferPointer(start: data, count: size * count))
                return size * count
            },
            { context, _, _, _, _ in TransferContext.from(context)?.goesOn() == true ? 0 : 1 },
            { context, _, address in
                guard let context = TransferContext.from(context), let address else { return ccurl_no_socket() }
                return context.openSocket(address)
            })
        return withExtendedLifetime(context) {
            guard let body = request.body else { return curl_easy_perform(handle) }
            return (body.isEmpty ? [0] : body).withUnsafeBytes { bytes in
                ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
                ccurl_set_pointer(
                    handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                return curl_easy_perform(handle)
            }
        }
    }

    private func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(handle, option, value) }
    /// libcurl copies it.
    private func set(_ option: CURLoption, _ value: String) { ccurl_set_text(handle, option, value) }
}

extension TransferContext {
    fileprivate static func from(_ pointer: UnsafeMutableRawPointer?) -> TransferContext? {
        pointer.map { Unmanaged<TransferContext>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension Duration {
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(clamping: min(seconds, 1 << 40)) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
