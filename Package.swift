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
        .executable(name: "dragoman", targets: ["dragoman"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(name: "CRdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),

        // The engine: from the operating system up to a translator. Nothing here knows Kafka.
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-ffp-contract=fast"])]),
        .target(name: "Platform", swiftSettings: strict),
        .target(name: "Compute", dependencies: ["CKernels", "COpenBLAS", "Platform"], swiftSettings: strict),
        .target(
            name: "Checkpoint",
            dependencies: ["Platform", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(name: "Audio", dependencies: ["CSndfile", "CSoxr", "Platform"], swiftSettings: strict),
        .target(name: "Tokenization", dependencies: ["Platform"], swiftSettings: strict),
        .target(
            name: "SpeechTranslation",
            dependencies: ["Audio", "Checkpoint", "Compute", "Platform", "Tokenization"],
            swiftSettings: strict),

        // The fleet.
        .target(
            name: "Jobs",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Protos"],
            swiftSettings: strict),
        .target(
            name: "Kafka",
            dependencies: ["CRdkafka", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .target(name: "AudioStore", dependencies: ["Platform"], swiftSettings: strict),
        .target(
            name: "Worker",
            dependencies: [
                "Audio", "AudioStore", "Checkpoint", "Jobs", "Kafka", "SpeechTranslation",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .target(
            name: "Coordinator",
            dependencies: [
                "Audio", "AudioStore", "Jobs", "Kafka", "Platform",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "dragoman",
            dependencies: [
                "Audio", "AudioStore", "Checkpoint", "Compute", "Coordinator", "Jobs", "Kafka", "Platform",
                "SpeechTranslation", "Worker",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        // Tests mirror Sources.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ComputeTests", dependencies: ["CKernels", "Compute", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CheckpointTests",
            dependencies: ["Checkpoint", "TestSupport", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .testTarget(
            name: "AudioTests", dependencies: ["Audio", "Platform", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(name: "TokenizationTests", dependencies: ["Tokenization", "TestSupport"], swiftSettings: strict),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .testTarget(
            name: "SpeechTranslationTests",
            dependencies: ["AllocationCounter", "Audio", "Checkpoint", "Compute", "SpeechTranslation", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "JobsTests",
            dependencies: ["Jobs", "TestSupport", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            swiftSettings: strict),
        .testTarget(name: "KafkaTests", dependencies: ["CRdkafka", "Kafka", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "AudioStoreTests", dependencies: ["AudioStore", "Platform", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "WorkerTests", dependencies: ["Worker", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "CoordinatorTests", dependencies: ["Coordinator", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "dragomanTests",
            dependencies: ["Coordinator", "dragoman", "Jobs", "Kafka", "Platform", "TestSupport"],
            exclude: ["Snapshots"], swiftSettings: strict),

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
