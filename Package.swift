// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "dragoman",
    products: [
        .executable(name: "dragoman", targets: ["dragoman"]),
        .executable(name: "dragoman-gateway", targets: ["dragoman-gateway"]),
        .library(name: "DragomanClient", targets: ["DragomanClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", exact: "2.4.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(name: "CRdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // The engine: from the operating system up to a translator. Nothing here knows Kafka.
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=fast"])]),
        .target(name: "Platform", swiftSettings: strict),
        .target(name: "Compute", dependencies: ["CKernels", "COpenBLAS", "Platform"], swiftSettings: strict),
        .target(
            name: "Checkpoint",
            dependencies: ["Platform", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(name: "Audio", dependencies: ["CSndfile", "CSoxr", "Platform"], swiftSettings: strict),
        // The weights of the network that tells speech from everything else.
        .target(
            name: "CSileroVAD", exclude: ["LICENSE", "silero_vad_16k.safetensors"]),
        .target(
            name: "Segmentation", dependencies: ["Audio", "CSileroVAD", "Checkpoint", "Compute"], swiftSettings: strict),
        .target(name: "Tokenization", dependencies: ["Platform"], swiftSettings: strict),
        .target(
            name: "SpeechTranslation",
            dependencies: ["Audio", "Checkpoint", "Compute", "Platform", "Segmentation", "Tokenization"],
            swiftSettings: strict),
        // How good translations are, by their references.
        .target(name: "Evaluation", dependencies: ["Platform"], swiftSettings: strict),

        // What processes tell of themselves over HTTP: metrics and health.
        .target(
            name: "Monitoring",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),

        // Spans of swift-distributed-tracing to a collector, by OTLP.
        .target(
            name: "TraceExport",
            dependencies: [
                "CCurl", "Platform",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),

        // The fleet.
        .target(
            name: "Jobs",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            exclude: ["Protos"],
            swiftSettings: strict),
        // What a commit tells beside its offset.
        .target(name: "Ledger", swiftSettings: strict),
        .target(
            name: "Kafka",
            dependencies: ["CRdkafka", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(
            name: "AudioStore",
            dependencies: ["CCurl", "Platform", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "Worker",
            dependencies: [
                "Audio", "AudioStore", "Checkpoint", "Jobs", "Kafka", "Ledger", "Monitoring", "Platform",
                "Segmentation", "SpeechTranslation",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),
        .target(
            name: "Coordinator",
            dependencies: [
                "Audio", "AudioStore", "Jobs", "Kafka", "Ledger", "Monitoring", "Platform",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: strict),
        // What both executables have: settings, their arguments, logs, exit codes.
        .target(
            name: "CommandSupport",
            dependencies: [
                "Coordinator", "Evaluation", "Jobs", "Kafka", "Monitoring", "Platform", "TraceExport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        // Other services' way in: what is generated from the service's schema, a client, and the gateway.
        .target(
            name: "TranslationAPI",
            dependencies: [
                "Jobs",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .target(
            name: "DragomanClient",
            dependencies: [
                "Jobs", "Platform", "TranslationAPI",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .target(
            name: "RemoteFleet",
            dependencies: [
                "Coordinator", "DragomanClient", "Jobs", "Kafka", "Platform",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .target(
            name: "Gateway",
            dependencies: [
                "AudioStore", "Coordinator", "Jobs", "Kafka", "Monitoring", "Platform", "TranslationAPI",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            // The page is part of the executable: nothing has to lie beside it.
            resources: [.embedInCode("Page/Resources")],
            swiftSettings: strict),

        .executableTarget(
            name: "dragoman",
            dependencies: [
                "Audio", "AudioStore", "Checkpoint", "CommandSupport", "Compute", "Coordinator", "DragomanClient",
                "Evaluation", "Jobs", "Kafka", "Monitoring", "Platform", "RemoteFleet", "Segmentation",
                "SpeechTranslation", "Tokenization", "Worker",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        .executableTarget(
            name: "dragoman-gateway",
            dependencies: [
                "CommandSupport", "Gateway", "Jobs", "Kafka", "Monitoring", "Platform",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Tests mirror Sources.
        .target(name: "CSpawn", path: "Tests/CSpawn"),
        .target(name: "TestSupport", dependencies: ["CSpawn"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ComputeTests", dependencies: ["CKernels", "Compute", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CheckpointTests",
            dependencies: ["Checkpoint", "TestSupport", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .testTarget(
            name: "AudioTests", dependencies: ["Audio", "Platform", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "SegmentationTests", dependencies: ["Audio", "Segmentation", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "TokenizationTests", dependencies: ["Tokenization", "TestSupport"], swiftSettings: strict),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .testTarget(
            name: "SpeechTranslationTests",
            dependencies: [
                "AllocationCounter", "Audio", "Checkpoint", "Compute", "Segmentation", "SpeechTranslation",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "MonitoringTests",
            dependencies: [
                "Monitoring", "TestSupport", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ], swiftSettings: strict),
        .testTarget(name: "TraceExportTests", dependencies: ["TestSupport", "TraceExport"], swiftSettings: strict),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "JobsTests",
            dependencies: ["Jobs", "TestSupport", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            swiftSettings: strict),
        .testTarget(name: "KafkaTests", dependencies: ["CRdkafka", "Kafka", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AudioStoreTests", dependencies: ["AudioStore", "Platform", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "LedgerTests", dependencies: ["Ledger", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "WorkerTests", dependencies: ["Ledger", "Segmentation", "Worker", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CoordinatorTests", dependencies: ["Coordinator", "Ledger", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "DragomanClientTests",
            dependencies: [
                "DragomanClient", "TestSupport", "TranslationAPI",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Coordinator", "Gateway", "Jobs", "Kafka", "TestSupport", "TranslationAPI",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandSupportTests",
            dependencies: [
                "CommandSupport", "TestSupport", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "dragomanTests",
            dependencies: [
                "CommandSupport", "Coordinator", "dragoman", "Evaluation", "Jobs", "Kafka", "Platform",
                "SpeechTranslation", "TestSupport",
            ],
            exclude: ["Snapshots"], swiftSettings: strict),

        // What another service's author can copy; run by dragomanTests.
        .executableTarget(
            name: "dragoman-client-example", dependencies: ["DragomanClient"],
            path: "Tests/Examples/dragoman-client-example", swiftSettings: strict),

        // Tests/Chaos/run: fleets of real processes whose engine does as each job says, faults, and the verdict.
        .executableTarget(
            name: "dragoman-chaos",
            dependencies: [
                "AudioStore", "CommandSupport", "Coordinator", "CRdkafka", "Jobs", "Kafka", "Monitoring", "Platform",
                "SpeechTranslation", "TestSupport", "Worker",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Chaos/dragoman-chaos", swiftSettings: strict),
        .testTarget(
            name: "ChaosTests",
            dependencies: [
                "dragoman-chaos", "Jobs", "Kafka", "Platform", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Dragoman's side of Tests/Benchmarks/run.sh.
        .executableTarget(
            name: "dragoman-benchmark",
            dependencies: [
                "Checkpoint", "Compute", "SpeechTranslation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Benchmarks/dragoman-benchmark", swiftSettings: strict),
    ],
    cLanguageStandard: .gnu17
)
