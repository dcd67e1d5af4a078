public import Foundation
internal import Glibc
internal import JSON
public import VoronkaClient

/// The real `voronkad` in a process of its own, with a private PostgreSQL in a data folder.
public final class RunningServer: Sendable {
  /// Why there is no server.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  /// Where its data are.
  public let folder: ServerFolder
  /// The line that it printed when it was ready.
  public let readyLine: String
  private let program: SpawnedProgram

  private init(folder: ServerFolder, readyLine: String, program: SpawnedProgram) {
    self.folder = folder
    self.readyLine = readyLine
    self.program = program
    LeftBehind.add(program, folder: folder)
  }

  deinit { program.signal(SIGKILL) }

  /// Where the programs are: beside the tests.
  public static func program(_ name: String) -> URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent(name)
  }

  /// Starts a server and returns when it says that it is ready; throws ``Failure`` where it ends first.
  ///
  /// It listens on a free port of 127.0.0.1, beside what further arguments of `voronkad serve` say.
  public static func start(
    _ arguments: [String] = [], in folder: ServerFolder? = nil
  ) async throws -> RunningServer {
    let folder = if let folder { folder } else { try ServerFolder() }
    var environment = ProcessInfo.processInfo.environment
    environment["VORONKA_DATABASE_URL"] = nil
    let program = try await SpawnedProgram.start(
      self.program("voronkad").path,
      ["serve", "--data", folder.path, "--listen", "127.0.0.1:0", "--password-cost", "4"]
        + arguments, environment: environment)
    guard let readyLine = await program.output.line(with: " is ready on ") else {
      throw Failure(description: "voronkad did not start: \(await program.errors.whole)")
    }
    return RunningServer(folder: folder, readyLine: readyLine, program: program)
  }

  // MARK: - Its life

  /// The process.
  public var process: pid_t { program.identifier }

  /// Sends a signal.
  public func signal(_ number: Int32) { program.signal(number) }

  /// How it ends, as soon as it has.
  public var ending: SpawnedProgram.Ending {
    get async { await program.ending }
  }

  /// Asks it to end, as an operator does, and waits.
  @discardableResult
  public func stop() async -> SpawnedProgram.Ending {
    signal(SIGTERM)
    return await ending
  }

  /// Kills it and waits.
  public func kill9() async {
    signal(SIGKILL)
    _ = await ending
  }

  // MARK: - What it says

  /// The whole log, once it has ended.
  public var log: String {
    get async { await program.errors.whole }
  }

  /// The line of the log in which the phrase stands for the n-th time, as soon as it is there; nil where
  /// it ended without.
  public func logLine(with phrase: String, occurrence: Int = 1) async -> String? {
    await program.errors.line(with: phrase, occurrence: occurrence)
  }

  // MARK: - The way to it

  /// The places of the ready line.
  private var places: [Substring] {
    let list = readyLine.range(of: " is ready on ").map { readyLine[$0.upperBound...] } ?? ""
    return list.split(separator: ", ").map { $0.prefix { $0 != "\n" } }
  }

  /// Where it speaks plain text.
  public func address() throws -> ServerAddress {
    guard let place = places.first(where: { $0.hasPrefix("127.") && !$0.contains(" ") }) else {
      throw Failure(description: "no plain listener: \(readyLine)")
    }
    return try ServerAddress(parsing: String(place))
  }

  /// Where it speaks TLS.
  public func tlsAddress() throws -> ServerAddress {
    guard let place = places.first(where: { $0.hasSuffix(" (TLS)") }) else {
      throw Failure(description: "no TLS listener: \(readyLine)")
    }
    return try ServerAddress(parsing: "tls://\(place.dropLast(6))")
  }

  /// Where `/livez`, `/readyz` and `/metrics` are: the address before their paths.
  public func metricsURL() throws -> String {
    guard let place = places.first(where: { $0.hasSuffix(" (metrics)") }) else {
      throw Failure(description: "no port for metrics: \(readyLine)")
    }
    return "http://\(place.dropLast(10))"
  }

  /// A new connection over which nobody has logged in.
  public func connect(
    to address: ServerAddress? = nil, _ options: ConnectionOptions = ConnectionOptions()
  ) async throws -> ServerConnection {
    let address = if let address { address } else { try self.address() }
    return try await ServerConnection.connect(to: address, options: options)
  }

  /// A new connection with the operator logged in.
  public func operatorConnection() async throws -> ServerConnection {
    let connection = try await connect()
    _ = try await connection.call(
      "auth.token", ["token": .string(try folder.operatorToken())])
    return connection
  }
}
