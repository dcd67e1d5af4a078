import Postgres
import Testing

/// A rule that every object of the schema must keep, as a question to PostgreSQL's catalog.
struct CatalogRule: Sendable, CustomTestStringConvertible {
  /// What holds.
  let promise: String
  /// One row a breach: what breaks the rule.
  let breaches: Statement
  /// Statements that break it, as the owner or superuser of a scratch database.
  let control: String
  /// The breach that the control makes.
  let expected: String

  var testDescription: String { promise }
}
