import CCurl

/// Posts to one address with libcurl, on the thread that asks for it. One thread at a time uses it.
final class CollectorClient {
    private let url: String
    private let handle: UnsafeMutableRawPointer

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    private static let patience = 10_000

    /// - Returns: `nil` where libcurl can't be used.
    init?(url: String) {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.url = url
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Sends a body, and waits for the answer.
    /// - Returns: The answer's status; `nil` where there was none.
    func post(_ body: [UInt8], type: String) -> Int? {
        curl_easy_reset(handle)
        ccurl_set_text(handle, CURLOPT_URL, url)
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_text(handle, CURLOPT_USERAGENT, "dragoman")
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, Self.patience)
        ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        var headers = curl_slist_append(nil, "Content-Type: \(type)")
        // Without the question whether the body is wanted.
        headers = curl_slist_append(headers, "Expect:")
        defer { curl_slist_free_all(headers) }
        ccurl_set_pointer(handle, CURLOPT_HTTPHEADER, headers)
        ccurl_set_callbacks(
            handle, nil, { _, size, count, _ in size * count }, { _, size, count, _ in size * count },
            { _, _, _, _, _ in 0 }, { _, _, address in address.map { ccurl_open_socket($0) } ?? ccurl_no_socket() })
        let outcome = body.withUnsafeBytes { bytes in
            ccurl_set_pointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return curl_easy_perform(handle)
        }
        return outcome == CURLE_OK ? ccurl_status(handle) : nil
    }
}
