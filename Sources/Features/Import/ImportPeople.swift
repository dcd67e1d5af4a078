internal import JSON
internal import Postgres
internal import SalesRules

/// `import.rows` of people: users without a password, and the tree of teams that their rows name.
///
/// A person known by external id or e-mail address stays as they are and only joins the teams; so who is
/// in several teams, or leads some, stands in several rows. Rows of one external id that differ in name or
/// e-mail address are rejected; where the address tells who it is, another name is warned of.
///
/// Without an address one is made up at a domain that can't exist; people log in once they are given a real
/// one and a password.
struct ImportPeople {
  typealias Batch = ImportBatch<PersonRow>
  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func work() async throws -> Work {
    var batch = Batch(
      call, .person, externalID: \.externalID, content: { _, row in RowContent(row) }
    ) { row throws(RowRejection) in try PersonRow(row) }
    let results = try await call.read(
      batch.openingReads + [
        ImportStatements.usersByEmail(
          call.tenantParameter,
          .strings(batch.entries.compactMap(\.row.email?.comparisonKey))),
        ImportStatements.teams(call.tenantParameter),
        ImportStatements.seats(call.tenantParameter, .integer(batch.id)),
      ])
    let record = try batch.open(results)
    var people = ImportedPeople(company: call.company, isDryRun: record.isDryRun)
    try people.read(users: results[3], seats: results[5], known: batch.known)
    var teams = try ImportedTeams(results[4])
    let users = Set(people.users.values.map(\.number)).union(batch.known.values.map(\.key.object))
    let memberships = try await call.read(
      ImportStatements.memberships(call.tenantParameter, .integers(users.filter { $0 > 0 })))
    try teams.read(memberships: memberships[0])

    var accepted = 0
    for entry in batch.entries {
      do throws(RowRejection) {
        let isNew = try people.take(entry, import: batch.id)
        if isNew, let name = people.otherName(of: entry.row) {
          batch.warn(
            entry,
            "the person of that e-mail address is there already and stays "
              + "\(RowRejection.quoted(name)): change the name with user.update")
        }
        let hasJoined = teams.join(people.number(of: entry.externalID), entry.row)
        if isNew || hasJoined { accepted += 1 }
      } catch {
        batch.reject(entry, error)
      }
    }
    let answer = batch.answer(accepted: accepted)
    guard accepted > 0 else { return .nothing(answer) }
    if record.isDryRun {
      let keys = people.keys(numbered: { max(0, $0) })
      return keys.isEmpty ? .nothing(answer) : Work(batch.taking(keys), answer: answer)
    }
    return try await writing(batch, people, teams, answer)
  }

  private func writing(
    _ batch: Batch, _ people: ImportedPeople, _ teams: ImportedTeams, _ answer: RawJSON
  ) async throws -> Work {
    let ids = try await call.newIDs(.user, count: people.made.count)
    let number = { (user: Int64) in user < 0 ? ids[Int(-user) - 1] : user }
    let teamIDs = try await call.newIDs(.team, count: teams.made.count)
    let team = { (team: Int64) in team < 0 ? teamIDs[Int(-team) - 1] : team }
    var statements = batch.taking(people.keys(numbered: number))
    if !people.made.isEmpty {
      let emails = zip(ids, people.made).map { id, row in
        row.email?.address ?? "imported-\(id)@\(call.company.slug).invalid"
      }
      statements.append(
        ImportStatements.insertUsers(
          call.tenantParameter, .integers(ids), .strings(emails),
          .strings(people.made.map(\.name)), .timestamp(call.now)))
    }
    if !teams.made.isEmpty {
      statements.append(
        ImportStatements.insertTeams(
          call.tenantParameter, .integers(teamIDs), .strings(teams.made.map(\.name)),
          .strings(teams.made.map { $0.isLeaf ? "senior" : "other" }),
          .integers(teams.made.map { $0.parent.map(team) }), .timestamp(call.now)))
    }
    if !teams.joined.isEmpty {
      statements.append(
        ImportStatements.joinTeams(
          call.tenantParameter, .integers(teams.joined.map { team($0.key.team) }),
          .integers(teams.joined.map { number($0.key.user) }), .bools(teams.joined.map(\.value))))
    }
    if !people.made.isEmpty {
      statements.append(
        UserStatements.requireAllowed(
          call.tenantParameter, .integer(call.company.plan.limits.users)))
    }
    return Work(statements, answer: answer, movesVersion: true)
  }
}
