internal import Postgres
internal import SalesRules

extension Pool {
  /// Runs a transaction that only reads, as below, behind a statement whose result nobody needs.
  func repeatable(
    behind context: BoundStatement, _ statements: [BoundStatement], onBehalfOf owner: Int64 = 0
  ) async throws(PostgresError) -> [Rows] {
    var all: [BoundStatement] = []
    all.reserveCapacity(statements.count + 1)
    all.append(context)
    all.append(contentsOf: statements)
    var results = try await repeatable(all, onBehalfOf: owner)
    results.removeFirst()
    return results
  }

  /// Runs a transaction that only reads: when the connection breaks under it, it is run again.
  func repeatable(
    _ statements: [BoundStatement], onBehalfOf owner: Int64 = 0
  ) async throws(PostgresError) -> [Rows] {
    var attempts = 3
    while true {
      do throws(PostgresError) {
        return try await transaction(statements, onBehalfOf: owner)
      } catch {
        attempts -= 1
        guard attempts > 0, error.isLostConnection || error.isRepeatable else {
          throw error.changingNothing
        }
      }
    }
  }
}

extension PostgresError {
  /// The same error of a transaction whose fate matters to nobody, because it changes nothing that a
  /// request asked for: never one that leaves the outcome open.
  var changingNothing: PostgresError {
    switch kind {
    case .connectionLost(.unknown), .deadlineExceeded(.unknown), .cancelled(.unknown):
      PostgresError(.unavailable, message: "the connection broke while reading")
    default: self
    }
  }

  /// Whether the connection broke, whatever became of the transaction.
  var isLostConnection: Bool {
    if case .connectionLost = kind { true } else { false }
  }
}

extension Parameter {
  /// A moment.
  static func timestamp(_ moment: Timestamp?) -> Parameter {
    .string(moment?.description)
  }

  /// Bytes, for `$1::bytea`.
  static func bytea(_ bytes: [UInt8]) -> Parameter {
    let digits = Array("0123456789abcdef".utf8)
    var text = Array("\\x".utf8)
    text.reserveCapacity(2 + bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return .bytes(text)
  }
}
