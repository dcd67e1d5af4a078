internal import Postgres
internal import SalesRules

/// Who of an import's people is known, and who is to be made. New ones have negative numbers until they
/// are given ids: -1 the first.
struct ImportedPeople {
  /// A person of an external id, and what the first row said of them.
  private struct Person {
    var number: Int64
    var content: RowContent?
    /// The import and the line of that row.
    let importID: Int64
    let line: Int64?
  }

  private let company: Company
  private let isDryRun: Bool
  private var seats = 0
  private var people: [String: Person] = [:]
  /// The users of e-mail addresses, in small letters, with their names.
  private(set) var users: [String: (number: Int64, name: String)] = [:]
  /// The people to be made.
  private(set) var made: [PersonRow] = []
  /// The external ids that are new.
  private var keys: [ImportKey] = []

  init(company: Company, isDryRun: Bool) {
    self.company = company
    self.isDryRun = isDryRun
  }

  mutating func read(users rows: Rows, seats counts: Rows, known: [String: KnownKey]) throws {
    for row in rows { users[try row.string(0)] = (try row.integer(1), try row.string(2)) }
    if let row = counts.first { seats = Int(try row.integer(0) + row.integer(1)) }
    for (index, (id, found)) in known.enumerated() {
      // What a dry run has seen has no user; a number of its own tells one such person from another.
      let number = found.key.object == 0 ? .min + Int64(index) : found.key.object
      people[id] = Person(
        number: number, content: found.key.content, importID: found.importID, line: found.key.line)
    }
  }

  func number(of externalID: String) -> Int64 { people[externalID]?.number ?? 0 }

  /// Takes a row; whether it is of a person whose external id is new, or tells more of one.
  mutating func take(
    _ entry: ImportPeople.Batch.Entry, import id: Int64
  ) throws(RowRejection) -> Bool {
    if let person = people[entry.externalID] {
      return try completes(entry, person, import: id)
    }
    let email = entry.row.email?.comparisonKey
    let number: Int64
    if let user = email.flatMap({ users[$0] }) {
      number = user.number
    } else {
      try requireSeat()
      made.append(entry.row)
      number = -Int64(made.count)
      if let email { users[email] = (number, entry.row.name) }
    }
    people[entry.externalID] = Person(
      number: number, content: entry.content, importID: id, line: entry.line)
    keys.append(entry.key(number))
    return true
  }

  /// The name of the user with the row's e-mail address, where that is another one.
  func otherName(of row: PersonRow) -> String? {
    guard let user = row.email.flatMap({ users[$0.comparisonKey] }), user.name != row.name else {
      return nil
    }
    return user.name
  }

  /// The new external ids, for people whose numbers have been given.
  func keys(numbered: (Int64) -> Int64) -> [ImportKey] {
    keys.map { key in
      var key = key
      key.object = numbered(key.object)
      return key
    }
  }

  /// Whether the row tells the address of somebody known by name; one that contradicts is refused.
  private mutating func completes(
    _ entry: ImportPeople.Batch.Entry, _ person: Person, import id: Int64
  ) throws(RowRejection) -> Bool {
    guard !entry.isIfAbsent, let content = person.content, !content.names(entry.content) else {
      return false
    }
    if content.lacksAddress(of: entry.content), addAddress(entry, to: person) { return true }
    guard person.importID == id else {
      throw .isThere(
        .person, entry.externalID, import: person.importID,
        with: "another name or e-mail address")
    }
    throw .twice(entry.externalID, line: person.line, isSame: false)
  }

  /// Completes somebody who is about to be made, where the address is nobody else's: the row of a team's
  /// lead, who is known by name alone, may stand before the one that tells more of them.
  private mutating func addAddress(
    _ entry: ImportPeople.Batch.Entry, to person: Person
  ) -> Bool {
    guard let email = entry.row.email?.comparisonKey, users[email] == nil,
      person.number < 0, person.number >= -Int64(made.count),
      let place = keys.firstIndex(where: { $0.externalID == entry.externalID })
    else { return false }
    made[Int(-person.number) - 1] = entry.row
    users[email] = (person.number, entry.row.name)
    people[entry.externalID]?.content = entry.content
    keys[place].content = entry.content
    return true
  }

  private func requireSeat() throws(RowRejection) {
    let used = seats + made.count
    guard let violation = company.plan.limits.violation(of: .users, used: used) else { return }
    throw RowRejection(
      "the plan \(RowRejection.quoted(company.plan.code)) allows \(violation.max) users, and "
        + "\(used) are in use")
  }
}
