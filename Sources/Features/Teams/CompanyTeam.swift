internal import JSON
internal import Postgres
internal import SalesRules

/// A team of a company with its people.
struct CompanyTeam: Sendable, Equatable {
  let id: Int64
  var name: String
  var kind: TeamKind
  var parent: Int64?
  var version: Int64
  /// All who belong to it, its leads too.
  var members: Set<Int64>
  var leads: Set<Int64>

  /// From the columns of `TeamStatements`.
  init(_ row: Row) throws {
    id = try row.integer(0)
    name = try row.string(1)
    kind = try row.word(2)
    parent = try row.integerIfPresent(3)
    version = try row.integer(4)
    members = Set(try row.integers(5))
    leads = Set(try row.integers(6))
  }

  init(id: Int64, name: String, kind: TeamKind, parent: Int64?) {
    self.id = id
    self.name = name
    self.kind = kind
    self.parent = parent
    version = 1
    members = []
    leads = []
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", id)
      $0.member("name", name)
      $0.member("kind", kind.rawValue)
      $0.member("parent", parent)
      $0.name("members")
      $0.array { for user in members.sorted() { $0.value(user) } }
      $0.name("leads")
      $0.array { for user in leads.sorted() { $0.value(user) } }
      $0.member("version", version)
    }
  }

  /// The team as a method's result.
  var answer: RawJSON {
    RawJSON { write(to: &$0) }
  }

  /// As the rules on rights see it: whoever belongs to it counts, and a lead belongs.
  var rightsTeam: Team {
    Team(id: id, parent: parent, members: members, leads: leads)
  }
}
