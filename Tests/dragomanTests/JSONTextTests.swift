import Foundation
import Testing

@testable import dragoman

@Suite struct JSONTextTests {
    @Test func fieldsInTheirOrder() {
        var json = JSONText()
        json.add("z", "text")
        json.add("a", 1)
        json.add("none", Optional<Int>.none)
        json.add("nan", Double.nan)
        json.add("list", [1, -2])
        json.add("numbers", numbers: [0.5, .nan])
        json.add("objects", [1, 2]) { value, object in object.add("n", value) }
        json.add("map", ["b": "2", "a": "1"])
        json.add("object") { _ in }
        #expect(
            json.text
                == #"{"z":"text","a":1,"none":null,"nan":null,"list":[1,-2],"numbers":[0.5,null]"#
                + #","objects":[{"n":1},{"n":2}],"map":{"a":"1","b":"2"},"object":{}}"#)
        #expect(JSONText().text == "{}")
    }

    @Test func anotherReaderFindsTheSame() throws {
        let texts = ["", "\"\\/", "\u{0}\u{1F}\u{7F}\n\r\t", "Grüße 日本語 🎧\u{2028}", "e\u{301}"]
        let numbers = [0, -0.0, 1e-7, 1e300, 0.1, Double.leastNonzeroMagnitude, 123_456_789]
        var json = JSONText()
        for (index, text) in texts.enumerated() { json.add("t\(index)", text) }
        for (index, number) in numbers.enumerated() { json.add("n\(index)", number) }
        json.add("float", Float(0.1))
        let object = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
        #expect(texts.indices.map { object?["t\($0)"] as? String } == texts)
        #expect(numbers.indices.map { object?["n\($0)"] as? Double } == numbers)
        #expect((object?["float"] as? Double).map { Float($0) } == 0.1)
    }
}
