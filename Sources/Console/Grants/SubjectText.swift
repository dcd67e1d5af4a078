internal import JSON

/// Whom a grant is given to, in words.
enum SubjectText {
  static func line(_ to: JSON?, people: [Int64: String], teams: [Int64: String]) -> String {
    if to?["everyone"]?.bool == true { return "everyone" }
    if let team = to?["team"] { return "team " + DealColumns.name(team, in: teams) }
    return PersonText.name(to?["user"], people: people)
  }
}
