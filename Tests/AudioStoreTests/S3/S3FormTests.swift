import Foundation
import Platform
import TestSupport
import Testing

@testable import AudioStore

/// URIs, URLs and answers of object storage.
@Suite struct S3FormTests {
    @Test(arguments: [
        "s3://b/k", "s3://a_b c/k", "s3:///k", "s3://bucket/%zz", "s3://bucket/%00", "s3://bucket/a?b",
        "s3://bucket/a#b", "s3://bucket/%ff", "s3://.bucket/k", "s3://bu:80/k", "s3://user@bucket/k",
    ])
    func malformedLocations(uri: String) {
        let error = #expect(throws: AudioStoreError.self) { try S3Location(uri: uri) }
        #expect(error?.code == .uriMalformed)
    }

    @Test func urls() throws {
        let aws = S3Configuration(region: "eu-central-1")
        #expect(
            aws.url(bucket: "bu.cket", key: "a b/ü+.wav")
                == "https://bu.cket.s3.eu-central-1.amazonaws.com/a%20b/%C3%BC%2B.wav")
        let own = S3Configuration(endpoint: "http://host:9000")
        #expect(
            own.url(bucket: "bucket", key: "", query: [("prefix", "a/b"), ("list-type", "2")])
                == "http://host:9000/bucket/?list-type=2&prefix=a%2Fb")
        for endpoint in ["host", "ftp://host", "http://", "http://host/path", "http://a@b"] {
            #expect(throws: AudioStoreError.self) { try S3Configuration(endpoint: endpoint).check() }
        }
    }

    @Test func pages() throws {
        let xml = """
            <?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>
            <IsTruncated>true</IsTruncated><NextContinuationToken>t&amp;1</NextContinuationToken>
            <Contents><Key>a+b%2Bc.wav</Key><Size>12</Size><Owner><ID>x</ID></Owner></Contents>
            <Contents><Key>%C3%BC</Key><Size>0</Size></Contents></ListBucketResult>
            """
        let page = try #require(S3Page(Array(xml.utf8), bucket: "bucket"))
        #expect(page.objects.map(\.location.key) == ["a b+c.wav", "ü"] && page.objects.map(\.byteCount) == [12, 0])
        #expect(page.next == "t&1")
        for damaged in ["", "<html></html>", String(xml.prefix(300)), xml.replacing("12", with: "x")] {
            #expect(S3Page(Array(damaged.utf8), bucket: "bucket") == nil)
        }
    }

    @Test func errors() {
        func error(_ status: Int, _ code: String, _ message: String = "") -> AudioStoreError {
            var response = HTTPResponse()
            response.status = status
            response.message = Array("<Error><Code>\(code)</Code><Message>\(message)</Message></Error>".utf8)
            return S3Answer.error(response, "s3://b/k", region: "r")
        }
        #expect(error(403, "AccessDenied", "Request has expired").message.contains("AccessDenied, expired"))
        #expect(error(403, "RequestTimeTooSkewed").code == .unavailable)
        #expect(error(403, "RequestTimeTooSkewed").message.contains("clock"))
        #expect(error(301, "PermanentRedirect").code == .configuration)
        #expect(error(503, "SlowDown").isRetriable && error(400, "RequestTimeout").isRetriable)
        #expect(
            error(404, "NoSuchKey").code == .notFound && error(404, "NoSuchBucket").message.contains("NoSuchBucket"))
        // Whoever writes the answer does not write our logs.
        #expect(!error(403, "<script>").message.contains("script"))
    }

    @Test func outputs() throws {
        let plain = try ResultTemplate("s3://bucket/{batch_id}/{job_id}.json")
        #expect(plain.uri(jobID: "j", batchID: "b", run: 0) == "s3://bucket/b/j.json")
        #expect(plain.uri(jobID: "j.1", batchID: "", run: 3) == "s3://bucket/-/j.1.run-3.json")
        let bare = try ResultTemplate("file:///out.d/{job_id}")
        #expect(bare.uri(jobID: "j", batchID: "b", run: 1) == "file:///out.d/j.run-1")
        let runs = try ResultTemplate("s3://bucket/{run}/{job_id}.json")
        #expect(runs.uri(jobID: "j", batchID: "b", run: 1) == "s3://bucket/1/j.json")
        for text in ["s3://bucket/a.json", "s3://bucket/{job}.json", "{job_id}", "http://h/{job_id}", "s3://b/{job_id"]
        {
            #expect(throws: AudioStoreError.self) { try ResultTemplate(text) }
        }
    }

    @Test func filesAreNotWrittenOver() async throws {
        let folder = try TemporaryDirectory()
        let store = try ResultStore(ResultTemplate("file://\(folder.path)/deep/{batch_id}/{job_id}.json"), s3: nil)
        _ = try await store.write(Array("first".utf8), jobID: "j", batchID: "b", run: 0)
        _ = try await store.write(Array("second".utf8), jobID: "j", batchID: "b", run: 0)
        let path = folder.file("deep/b/j.json")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "first")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("deep/b")) == ["j.json"])
        #expect(throws: AudioStoreError.self) { try ResultStore(ResultTemplate("s3://b/{job_id}"), s3: nil) }
    }
}
