internal import Foundation
internal import Glibc
public import Logging
public import Postgres
public import ServiceLifecycle
internal import Synchronization

/// A private PostgreSQL: a child process that nobody else can reach and that ends with this one.
///
/// `start` returns when it takes connections; `run` then watches it, starts it again when it dies
/// and stops it at the end. Connections go over a Unix socket in a folder of the cluster user.
public final class LocalPostgres: Service {
  let folder: ClusterFolder
  /// The folder of the Unix socket, for connection settings.
  public let socketFolder: String
  /// The version of the programs.
  public let version: PostgresVersion

  private let configuration: LocalPostgresConfiguration
  let binaries: PostgresBinaries
  private let maker: ClusterMaker
  private let lock: FolderLock
  private let logger: Logger
  private let state = Mutex(State())

  private struct State {
    var postmaster: ChildProcess?
    var isStopping = false
    var starts = 0
  }

  private init(
    configuration: LocalPostgresConfiguration, folder: ClusterFolder, socketFolder: String,
    maker: ClusterMaker, lock: FolderLock
  ) {
    self.configuration = configuration
    self.folder = folder
    self.socketFolder = socketFolder
    self.maker = maker
    self.lock = lock
    binaries = maker.binaries
    version = maker.binaries.version
    logger = maker.logger
  }

  /// The port in connection settings: no TCP port, but part of the socket's name.
  public var port: Int { ClusterFolder.port }

  /// How many times the server was started by this process; more than one means that it died.
  public var starts: Int { state.withLock { $0.starts } }

  /// Whether the running server takes connections.
  public var isReady: Bool {
    guard let postmaster, let file = PostmasterFile(data: folder.data) else { return false }
    return file.isReady && file.postmaster == postmaster
  }

  /// The process id of the running server, nil while there is none.
  public var postmaster: Int32? {
    state.withLock { state in
      guard let postmaster = state.postmaster, !postmaster.hasEnded else { return nil }
      return postmaster.identifier
    }
  }

  /// Makes the cluster if it is missing, clears away what an earlier server left running and starts
  /// PostgreSQL.
  ///
  /// - Throws: `LocalPostgresError`, whose text says what to do.
  public static func start(
    _ configuration: LocalPostgresConfiguration, logger: Logger
  ) async throws -> LocalPostgres {
    let folder = ClusterFolder(
      root: configuration.folder, user: try ClusterUser(handingTo: configuration.user))
    try await folder.prepare()
    let lock = try FolderLock(path: folder.lock)
    let binaries = try await PostgresBinaries.find(in: configuration.binaries, major: folder.major)
    let maker = ClusterMaker(
      folder: folder, binaries: binaries, isThrowaway: configuration.isThrowaway, logger: logger)
    try await maker.makeIfMissing()
    let postgres = LocalPostgres(
      configuration: configuration, folder: folder, socketFolder: try folder.makeSocketFolder(),
      maker: maker, lock: lock)
    do {
      try await postgres.launch()
    } catch {
      await postgres.stop()
      throw error
    }
    return postgres
  }

  /// Watches the server until shutdown: when it dies, it is started again within moments.
  public func run() async throws {
    await withTaskCancellationOrGracefulShutdownHandler {
      await keepAlive()
    } onCancelOrGracefulShutdown: {
      self.beginStop()
    }
    await stop()
  }

  /// Stops the server: running statements get `stopLimit`, then they are cut off. Never by
  /// SIGKILL, which would leave its shared memory behind.
  public func stop() async {
    beginStop()
    guard let postmaster = state.withLock({ $0.postmaster }) else { return }
    let limit = configuration.stopLimit
    // Not a child of this task, which may have been cancelled already.
    let impatience = Task.detached {
      try await Task.sleep(for: limit)
      postmaster.signal(SIGQUIT)
    }
    let status = await postmaster.exit
    impatience.cancel()
    lock.release()
    logger.debug("PostgreSQL has stopped", metadata: ["status": "\(status)"])
  }

  private func beginStop() {
    state.withLock { state in
      state.isStopping = true
      // Fast shutdown: transactions are rolled back, sessions ended, a checkpoint made.
      state.postmaster?.signal(SIGINT)
    }
  }

  /// Ends the server at once from a place that can't wait for a task: the end of the process.
  func abandon(within limit: Duration) {
    state.withLock { state in
      state.isStopping = true
      state.postmaster?.signal(SIGQUIT)
    }
    let deadline = ContinuousClock.now + limit
    while let postmaster = state.withLock({ $0.postmaster }), !postmaster.hasEnded,
      ContinuousClock.now < deadline
    {
      usleep(2000)
    }
  }

  private var isStopping: Bool { state.withLock { $0.isStopping } }

  private func keepAlive() async {
    var pause = Duration.milliseconds(50)
    while let postmaster = state.withLock({ $0.postmaster }) {
      let status = await postmaster.exit
      guard !isStopping else { return }
      logger.error("PostgreSQL died; starting it again", metadata: ["status": "\(status)"])
      do {
        try await launch()
        pause = .milliseconds(50)
      } catch {
        guard !isStopping else { return }
        logger.error("PostgreSQL did not start again", metadata: ["error": "\(error)"])
        let now = pause
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: now) }
        pause = min(pause * 2, .seconds(5))
      }
    }
  }

  /// Starts the server once nothing of an earlier one is left, and waits until it is ready.
  private func launch() async throws {
    try await Remnants(data: folder.data, logger: logger).clear(within: .seconds(60))
    try await maker.writeIdentities()
    try? FileManager.default.removeItem(atPath: folder.startLog)
    let command = folder.user.command(
      binaries.path("postgres"), arguments,
      deathSignal: configuration.isThrowaway ? "QUIT" : "INT")
    let postmaster = try await ChildProcess.launch(
      ChildCommand(command, logFile: folder.startLog))
    let isStopping = state.withLock { state in
      state.postmaster = postmaster
      state.starts += 1
      return state.isStopping
    }
    if isStopping { postmaster.signal(SIGINT) }
    try await waitUntilReady(postmaster)
    logger.info(
      "PostgreSQL is ready",
      metadata: ["version": "\(version)", "process": "\(postmaster.identifier)"])
  }

  private func waitUntilReady(_ postmaster: ChildProcess) async throws {
    let deadline = ContinuousClock.now + configuration.startLimit
    while true {
      if isReady { return }
      guard !postmaster.hasEnded else {
        let said = (try? String(contentsOfFile: folder.startLog, encoding: .utf8)) ?? ""
        throw LocalPostgresError(
          .failed, "PostgreSQL ended at once (\(await postmaster.exit)): \(said.suffix(2000))")
      }
      guard ContinuousClock.now < deadline else {
        throw LocalPostgresError(
          .timedOut, "PostgreSQL is not ready after \(configuration.startLimit)")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private var arguments: [String] {
    var settings = [
      "listen_addresses=", "unix_socket_directories=\(socketFolder)", "port=\(port)",
      "unix_socket_permissions=0777", "fsync=\(configuration.isThrowaway ? "off" : "on")",
    ]
    if configuration.isThrowaway {
      settings += [
        "full_page_writes=off", "autovacuum=off", "max_connections=1500", "shared_buffers=128MB",
        "max_wal_size=4GB", "jit=off", "timezone=UTC",
      ]
    }
    return ["-D", folder.data] + settings.flatMap { ["-c", $0] }
  }
}
