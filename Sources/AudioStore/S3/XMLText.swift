import Foundation
import FoundationXML

/// The texts of an XML document's elements, in their order, each under its own name and those it lies in.
struct XMLText {
    /// Elements from the outermost in, and the text.
    private(set) var texts: [(path: [String], text: String)] = []

    /// Reads a document; of a malformed one what comes before the fault.
    init(_ bytes: [UInt8]) {
        let collector = Collector()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.delegate = collector
        _ = parser.parse()
        texts = collector.texts
    }

    /// The first text of an element.
    func first(_ name: String) -> String? { texts.first { $0.path.last == name }?.text }

    private final class Collector: NSObject, XMLParserDelegate {
        var texts: [(path: [String], text: String)] = []
        private var path: [String] = []
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            path.append(name)
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            texts.append((path, text))
            path.removeLast()
            text = ""
        }
    }
}
