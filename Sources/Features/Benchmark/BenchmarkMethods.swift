public import JSON
internal import JSONRPC
public import Logging
public import Postgres
internal import Synchronization

/// The methods in the benchmark's own process, on the database of the server that is measured: they tell which
/// transactions a request takes, so that the reference runs these and no copies of them.
public final class BenchmarkMethods: Sendable {
  /// What was run since it was last asked.
  private final class Record: Sendable {
    private let transactions = Mutex<[[BoundStatement]]>([])

    func add(_ statements: [BoundStatement]) {
      transactions.withLock { $0.append(statements) }
    }

    func take() -> [[BoundStatement]] {
      transactions.withLock { transactions in
        defer { transactions = [] }
        return transactions
      }
    }
  }

  private let dispatcher: Dispatcher
  private let session: ClientSession
  private let record = Record()

  /// The methods over these pools.
  public init(pools: DatabasePools, logger: Logger) {
    var configuration = FeaturesConfiguration(serverVersion: "")
    configuration.watch = { [record] in record.add($0) }
    dispatcher = Features.dispatcher(pools: pools, configuration: configuration, logger: logger)
    session = dispatcher.makeHandler(
      ClientOrigin(address: nil, isLocal: true, isEncrypted: false, connection: 0))
  }

  /// Gives words to all that has none yet, by the same steps as the server does.
  public func index() async throws {
    try await dispatcher.indexWholeBacklog()
  }

  /// Goes on as the user of a session's token.
  public func logIn(_ token: String) async throws {
    _ = try await answer("auth.token", ["token": .string(token)])
  }

  /// The transactions that a request of a method that reads takes at this moment, each from its context on.
  public func transactions(
    of method: String, _ parameters: JSONObject
  ) async throws -> [[BoundStatement]] {
    // What is cached of the company may be made anew the first time.
    _ = try await answer(method, parameters)
    _ = record.take()
    _ = try await answer(method, parameters)
    return record.take()
  }

  private func answer(_ method: String, _ parameters: JSONObject) async throws -> RawJSON {
    let request = Request(
      id: RequestID(bytes: Array("1".utf8)), method: method, parameters: parameters)
    return try await session.respond(to: request, isInBatch: false).get()
  }
}
