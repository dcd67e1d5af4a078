internal import Postgres
internal import SalesRules

/// Who of an import's people is known, and who is to be made. New ones have negative numbers until they
/// are given ids: -1 the first.
struct ImportedPeople {
  private let company: Company
  private let isDryRun: Bool
  private var seats = 0
  private var known: [String: Int64] = [:]
  /// The users of e-mail addresses, in small letters.
  private(set) var users: [String: Int64] = [:]
  /// The people to be made.
  private(set) var made: [PersonRow] = []
  /// The external ids that are new.
  private(set) var keys: [(externalID: String, number: Int64)] = []

  init(company: Company, isDryRun: Bool) {
    self.company = company
    self.isDryRun = isDryRun
  }

  mutating func read(users rows: Rows, seats counts: Rows, keys: [String: Int64]) throws {
    for row in rows { users[try row.string(0)] = try row.integer(1) }
    if let row = counts.first { seats = Int(try row.integer(0) + row.integer(1)) }
    // What a dry run has seen has no user; a number of its own tells one such person from another.
    known = keys
    for (index, key) in keys.filter({ $0.value == 0 }).keys.enumerated() {
      known[key] = .min + Int64(index)
    }
  }

  func number(of externalID: String) -> Int64 { known[externalID] ?? 0 }

  /// Takes a row; whether it is of a person whose external id is new.
  mutating func take(_ externalID: String, _ row: PersonRow) throws(RowRejection) -> Bool {
    guard known[externalID] == nil else { return false }
    let email = row.email?.comparisonKey
    let number: Int64
    if let user = email.flatMap({ users[$0] }) {
      number = user
    } else {
      try requireSeat()
      made.append(row)
      number = -Int64(made.count)
      if let email { users[email] = number }
    }
    known[externalID] = number
    keys.append((externalID, number))
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
