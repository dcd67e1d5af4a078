internal import JSON
internal import Postgres
internal import SalesRules

/// A person of a company.
struct User: Sendable, Equatable {
  let id: Int64
  var email: String
  var name: String
  var role: TenantRole
  var isActive: Bool
  var version: Int64
  let createdAt: Timestamp
  var teams: [Int64]
  /// Whether they have chosen a password, or were given one; without one they get in by an invitation.
  var hasPassword: Bool
  /// The last day on which no rule chooses them.
  var absentUntil: CalendarDate?

  /// From the columns of `UserStatements`.
  init(_ row: Row) throws {
    id = try row.integer(0)
    email = try row.string(1)
    name = try row.string(2)
    role = try row.word(3)
    isActive = try row.string(4) == "active"
    version = try row.integer(5)
    createdAt = try row.timestamp(6)
    teams = try row.integers(7)
    hasPassword = try row.bool(8)
    absentUntil = try row.stringIfPresent(9).flatMap { CalendarDate($0) }
  }

  init(
    id: Int64, email: String, name: String, role: TenantRole, createdAt: Timestamp, teams: [Int64],
    hasPassword: Bool = true
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.role = role
    self.createdAt = createdAt
    self.teams = teams
    self.hasPassword = hasPassword
    isActive = true
    version = 1
  }

  /// The whole of it for admins and for themselves; for colleagues id, name and whether they are there.
  func write(to writer: inout JSONWriter, isWhole: Bool) {
    writer.object { writeMembers(to: &$0, isWhole: isWhole) }
  }

  /// The same within an object that says more.
  func writeMembers(to writer: inout JSONWriter, isWhole: Bool = true) {
    writer.member("id", id)
    if isWhole { writer.member("email", email) }
    writer.member("name", name)
    if isWhole { writer.member("role", role.rawValue) }
    writer.member("state", isActive ? "active" : "inactive")
    guard isWhole else { return }
    writer.name("teams")
    writer.array { for team in teams { $0.value(team) } }
    writer.member("has_password", hasPassword)
    writer.member("absent_until", absentUntil?.description)
    writer.member("created_at", createdAt)
    writer.member("version", version)
  }

  /// What writes the row as it now is, over the version that was read.
  func update(_ tenant: Parameter) -> BoundStatement {
    UserStatements.update(
      tenant, .integer(id), .text(name), .text(email), .text(role.rawValue),
      .text(isActive ? "active" : "inactive"), .integer(version), .string(absentUntil?.description))
  }

  /// The person as a method's result, for an admin.
  var answer: RawJSON {
    RawJSON { write(to: &$0, isWhole: true) }
  }
}
