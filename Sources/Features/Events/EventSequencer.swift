internal import Postgres
internal import SalesRules

/// Numbers a company's events, in the order in which nobody can come in between any more.
struct EventSequencer: Sendable {
  /// What is known of a feed at a moment.
  struct Look: Sendable {
    /// The last number that was given out.
    let number: Int64
    /// The company's version.
    let version: Int64
    /// Whether there are events that can be numbered.
    let isReady: Bool
    /// Whether there are events without a number; those that can't be numbered yet wait for
    /// transactions that are still going on.
    let isPending: Bool
  }

  /// How many rows one transaction numbers.
  private static let batch = 2000
  let reads: Pool
  let writes: Pool

  /// Numbers all that can be, and tells how far that is. Where there is nothing, it only reads.
  func advance(_ tenant: Int64) async throws -> Look {
    while true {
      let look = try await look(at: tenant)
      guard look.isReady else { return look }
      let parameter = Parameter.integer(tenant)
      // What is known of it afterwards is looked up anew, whatever became of the connection.
      let results = try await writes.repeatable(
        [
          ContextStatements.server(parameter), EventStatements.makeHead(parameter),
          EventStatements.lockHead(parameter),
          EventStatements.number(parameter, .integer(Self.batch)),
        ], onBehalfOf: tenant)
      // The company is going, or gone.
      guard !results[3].isEmpty else { return look }
    }
  }

  private func look(at tenant: Int64) async throws -> Look {
    let parameter = Parameter.integer(tenant)
    let row = try await reads.repeatable(
      [ContextStatements.server(parameter), EventStatements.look(parameter)], onBehalfOf: tenant)[
        1][0]
    return Look(
      number: try row.integer(0), version: try row.integer(1), isReady: try row.bool(2),
      isPending: try row.bool(3))
  }

  /// Takes out the events from before a moment, a batch a transaction.
  func clear(_ tenant: Int64, before moment: Timestamp, batch: Int = 5000) async throws {
    let parameter = Parameter.integer(tenant)
    var goesOn = true
    while goesOn {
      let row = try await writes.repeatable(
        [
          ContextStatements.server(parameter), EventStatements.lockHead(parameter),
          EventStatements.clear(parameter, .timestamp(moment), .integer(batch)),
        ], onBehalfOf: tenant)[2].first
      goesOn = try row?.bool(1) ?? false
    }
  }
}
