/// The files the page is made of. They are part of the executable.
struct PageResource: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]

    static let all = [
        PageResource(path: "/", type: "text/html; charset=utf-8", bytes: PackageResources.index_html),
        PageResource(path: "/page.css", type: "text/css; charset=utf-8", bytes: PackageResources.page_css),
        PageResource(path: "/icon.svg", type: "image/svg+xml", bytes: PackageResources.icon_svg),
        script("page", PackageResources.page_js), script("api", PackageResources.api_js),
        script("chart", PackageResources.chart_js), script("dom", PackageResources.dom_js),
        script("format", PackageResources.format_js), script("recordings", PackageResources.recordings_js),
    ]

    private static func script(_ name: String, _ bytes: [UInt8]) -> PageResource {
        PageResource(path: "/\(name).js", type: "text/javascript; charset=utf-8", bytes: bytes)
    }
}
