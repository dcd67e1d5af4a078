internal import JSON
internal import Postgres
internal import SalesRules
internal import Synchronization

/// Gives words to what has none yet, or others than it should have: after an import of a whole company, a
/// change of the fields that are indexed, a new version of the server.
///
/// It goes by id in small transactions, each of which proves the company's version, so that the fields that
/// it goes by are the present ones; whatever was changed meanwhile has got its words by that change.
final class SearchBacklog: Sendable {
  /// The kinds of things that have words.
  enum Kind: String, CaseIterable, Sendable {
    case card
    case contact
    case company
  }

  private static let step: Int64 = 500

  private let touched = Mutex<Set<Int64>>([])

  /// There is something to do for a company, or there soon will be.
  func touch(_ tenant: Int64) {
    touched.withLock { _ = $0.insert(tenant) }
  }

  /// The companies for whom this was said since it was last asked.
  func takeTouched() -> Set<Int64> {
    touched.withLock { touched in
      defer { touched = [] }
      return touched
    }
  }

  /// What writes down that every thing of some kinds is to be looked at.
  static func beginning(_ kinds: [Kind] = Kind.allCases, tenant: Int64) -> BoundStatement {
    SearchBacklogStatements.begin(.integer(tenant), .strings(kinds.map(\.rawValue)))
  }

  /// Takes one step of a company's backlog; whether another one is left.
  func advance(_ tenant: Int64, _ services: Services) async throws -> Bool {
    let server = ContextStatements.server(.integer(tenant))
    let backlog = try await services.reports.repeatable([
      server, SearchBacklogStatements.list(.integer(tenant)),
    ])[1]
    guard let row = backlog.first, let kind = Kind(rawValue: try row.string(0)),
      let entry = try await services.directory.entry(tenant)
    else { return false }
    let after = Parameter.integer(try row.integer(1))
    let things = try await services.reports.repeatable([
      server, Self.reading(kind)(.integer(tenant), after, .integer(Self.step)),
    ])[1]
    let place: [Parameter] = [.integer(tenant), .text(kind.rawValue), after]
    var statements = [
      ContextStatements.everything(.integer(tenant), .integer(entry.company.version), 0)
    ]
    if let last = things.last {
      var changes = WordChanges()
      for thing in things {
        changes.add(
          try thing.integer(0), try Self.words(kind, thing, entry.company),
          version: try thing.integer(1))
      }
      statements += [
        ImportStatements.planByIndex(),
        SearchBacklogStatements.advance.bind(place + [.integer(try last.integer(0))]),
        Self.writing(kind).bind(changes.parameters(of: tenant)),
      ]
    } else {
      statements.append(SearchBacklogStatements.end.bind(place))
    }
    do {
      _ = try await services.writes.transaction(statements)
    } catch {
      switch FailureKind(error) {
      case .stale, .outrun: services.directory.forget(tenant, version: entry.company.version)
      default: throw error
      }
    }
    return true
  }

  private static func reading(_ kind: Kind) -> Statement {
    switch kind {
    case .card: SearchBacklogStatements.cards
    case .contact: SearchBacklogStatements.contacts
    case .company: SearchBacklogStatements.companies
    }
  }

  private static func writing(_ kind: Kind) -> Statement {
    switch kind {
    case .card: SearchWordStatements.cards
    case .contact: SearchWordStatements.contacts
    case .company: SearchWordStatements.companies
    }
  }

  private static func words(_ kind: Kind, _ row: Row, _ company: Company) throws -> SearchWords {
    switch kind {
    case .card:
      SearchWords(
        title: try row.string(3), fields: try JSONReader().read(try row.string(4)).object ?? [:],
        indexed: company.indexed(try row.word(2)), home: company.home)
    case .contact:
      SearchWords(
        contact: try row.string(2), phones: try row.strings(3).compactMap(\.self),
        emails: try row.strings(4).compactMap(\.self))
    case .company:
      SearchWords(
        company: try row.string(2), phones: try row.strings(3).compactMap(\.self),
        emails: try row.strings(4).compactMap(\.self))
    }
  }
}
