import CRdkafka
import Testing

@testable import Kafka

@Suite struct KafkaErrorTests {
    @Test(arguments: [
        (RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, KafkaError.Code.brokerUnreachable, true),
        (RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, .timedOut, true),
        (RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, .authentication, false),
        (RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, .authorization, false),
        (RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, .unknownTopic, false),
        (RD_KAFKA_RESP_ERR__FENCED, .fatal, false),
        (RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, .commitFailed, true),
        (RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, .commitFailed, false),
    ])
    func errorsAreClassified(error: rd_kafka_resp_err_t, code: KafkaError.Code, isRetriable: Bool) {
        let classified = KafkaError(error, fallback: .commitFailed, "jobs[3] was not committed")
        #expect(classified.code == code)
        #expect(classified.isRetriable == isRetriable)
        #expect(classified.description == "jobs[3] was not committed (\(KafkaError.name(of: error)))")
    }
}
