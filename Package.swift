// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled alike: Swift 6 mode with the upcoming features that keep imports honest
/// and plain async functions on their caller's executor.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let lifecycleSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

/// The arrows point one way; see docs/architecture.md. A target may import what stands here and no more.
let package = Package(
  name: "voronka",
  products: [
    .executable(name: "voronkad", targets: ["voronkad"]),
    .executable(name: "voronka", targets: ["voronka"]),
    .library(name: "VoronkaClient", targets: ["VoronkaClient"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
      name: "Postgres",
      dependencies: ["CLibPQ", collections, lifecycle, logging, metrics],
      swiftSettings: settings),
    .target(name: "JSON", swiftSettings: settings),
    .target(name: "JSONRPC", dependencies: ["JSON"], swiftSettings: settings),
    .target(name: "SalesRules", swiftSettings: settings),
    .target(
      name: "Features",
      dependencies: [
        "Postgres", "JSON", "JSONRPC", "SalesRules", collections, crypto, cryptoExtras, lifecycle,
        logging, metrics,
      ],
      swiftSettings: settings),
    .target(
      name: "MigrationFiles", path: "sql", resources: [.embedInCode("migrations")],
      swiftSettings: settings),
    .target(
      name: "Migrations", dependencies: ["Postgres", "MigrationFiles", crypto, logging],
      swiftSettings: settings),
    .target(
      name: "Server",
      dependencies: [
        "JSON", "JSONRPC", collections, lifecycle, logging, metrics, coreMetrics, nio, nioPosix,
        nioHTTP, nioSSL, nioTLS,
      ],
      swiftSettings: settings),
    .target(
      name: "LocalPostgres", dependencies: ["CLibPQ", "Postgres", lifecycle, logging],
      swiftSettings: settings),
    .target(
      name: "VoronkaClient",
      dependencies: ["JSON", "JSONRPC", nio, nioPosix, nioSSL, nioTLS],
      path: "Sources/Client", swiftSettings: settings),
    .target(
      name: "Console", dependencies: ["VoronkaClient", "JSON", "JSONRPC"],
      swiftSettings: settings),
    .target(
      name: "Demo", dependencies: ["VoronkaClient", "JSON", "JSONRPC", "SalesRules", crypto],
      swiftSettings: settings),
    .target(
      name: "Benchmark",
      dependencies: [
        "CLibPQ", "Demo", "Features", "JSON", "JSONRPC", "LocalPostgres", "Postgres", "SalesRules",
        "VoronkaClient", logging,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "voronkad",
      dependencies: [
        "Benchmark", "Demo", "Features", "JSON", "JSONRPC", "LocalPostgres", "Migrations",
        "Postgres",
        "SalesRules", "Server", "VoronkaClient", argumentParser, crypto, lifecycle,
        lifecycleSignals, logging, metrics, coreMetrics, nio, nioPosix, nioSSL,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "voronka", dependencies: ["Console", argumentParser], swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: [
        "CLibPQ", "Features", "JSON", "JSONRPC", "LocalPostgres", "Migrations", "Postgres",
        "SalesRules",
        "Server", "VoronkaClient", lifecycle, logging, nio, nioPosix, nioSSL,
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
    .testTarget(name: "JSONRPCTests", dependencies: ["JSON", "JSONRPC"], swiftSettings: settings),
    .testTarget(name: "SalesRulesTests", dependencies: ["SalesRules"], swiftSettings: settings),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Server", "JSON", "JSONRPC", collections, coreMetrics, lifecycle, logging, nio, nioEmbedded,
        nioHTTP, nioPosix, nioSSL, nioTLS,
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PostgresTests",
      dependencies: ["Postgres", "LocalPostgres", "TestSupport", logging], swiftSettings: settings),
    .testTarget(
      name: "DatabaseTests",
      dependencies: [
        "LocalPostgres", "MigrationFiles", "Migrations", "Postgres", "TestSupport", logging,
      ], swiftSettings: settings),
    .testTarget(
      name: "FeaturesTests",
      dependencies: [
        "Console", "Features", "JSON", "JSONRPC", "Postgres", "SalesRules", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ConsoleTests",
      dependencies: ["Console", "JSON", "JSONRPC", "TestSupport", "VoronkaClient"],
      swiftSettings: settings),
    .testTarget(
      name: "DemoTests",
      dependencies: ["Demo", "JSON", "SalesRules", "VoronkaClient"], swiftSettings: settings),
    .testTarget(
      name: "SystemTests",
      dependencies: [
        "JSON", "JSONRPC", "LocalPostgres", "Migrations", "Postgres", "TestSupport",
        "VoronkaClient",
        "voronka", "voronkad", logging,
      ],
      exclude: ["Fixtures"], swiftSettings: settings),
  ]
)
