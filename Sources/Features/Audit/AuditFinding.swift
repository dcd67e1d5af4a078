internal import JSON
internal import SalesRules

/// Something in the audit that is not as the server left it.
struct AuditFinding: Sendable, Equatable {
  /// What is wrong.
  enum Kind: String, Sendable, CaseIterable {
    /// A row does not fit its MAC: it was altered, or written by somebody without the key.
    case altered = "row_altered"
    /// A sealed range does not hold the rows that it was sealed with.
    case rowsChanged = "rows_removed_or_added"
    /// A row stands where all rows have been removed, or where no transaction has been yet.
    case misplaced = "row_misplaced"
    /// A seal does not fit its MAC or the seal before.
    case sealAltered = "seal_altered"
    /// Seals are missing.
    case sealMissing = "seal_missing"
    /// A range is marked as past its time by somebody without the key.
    case removalForged = "removal_forged"
    /// The key of a row or seal is not among the server's keys.
    case unknownKey = "unknown_key"
  }

  let kind: Kind
  /// The seal in whose range it is, or which it is.
  var seal: Int64?
  /// Between which moments.
  var from: Timestamp?
  var to: Timestamp?
  /// The row, where it is one.
  var row: Place?
  /// How many rows were sealed, and are there.
  var rows: (sealed: Int64, found: Int64)?

  /// What is known of a row.
  struct Place: Sendable, Equatable {
    let writer: Int64
    let number: Int64
    let method: String
    let noun: String
    let subject: String?
  }

  static func == (left: AuditFinding, right: AuditFinding) -> Bool {
    left.kind == right.kind && left.seal == right.seal && left.row == right.row
  }

  /// About one row.
  static func row(_ kind: Kind, _ row: AuditRow, seal: Int64?) -> AuditFinding {
    let record = row.record
    return AuditFinding(
      kind: kind, seal: seal, from: record.at, to: record.at,
      row: Place(
        writer: record.writer, number: record.number, method: record.method, noun: record.noun,
        subject: record.subject))
  }

  /// About a seal, or the rows under it.
  static func seal(_ kind: Kind, _ seal: AuditSeal, found: Int64? = nil) -> AuditFinding {
    AuditFinding(
      kind: kind, seal: seal.number, from: seal.firstAt, to: seal.lastAt,
      rows: found.map { (seal.rows, $0) })
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("kind", kind.rawValue)
      $0.member("seal", seal)
      $0.member("from", from)
      $0.member("to", to)
      if let row {
        $0.member("row") {
          // As text: JSON readers lose the last digits of numbers this long.
          $0.member("writer", String(row.writer))
          $0.member("number", row.number)
          $0.member("method", row.method)
          $0.member("noun", row.noun)
          $0.subject(row.subject)
        }
      }
      if let rows {
        $0.member("sealed", rows.sealed)
        $0.member("found", rows.found)
      }
    }
  }
}
