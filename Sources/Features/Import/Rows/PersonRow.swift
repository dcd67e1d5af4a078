internal import JSON
internal import SalesRules

/// A person's row.
struct PersonRow {
  static let members = ["external_id", "name", "email", "team", "lead"]
  private static let deepest = 10

  let externalID: String
  let name: String
  let email: EmailAddress?
  /// The names of the teams from the top one down to the person's own; empty for none.
  let team: [String]
  let isLead: Bool

  init(_ row: ImportRow) throws(RowRejection) {
    var (id, name, email) = (String?.none, String?.none, EmailAddress?.none)
    var (team, isLead) = ([String](), false)
    for member in row.members.members {
      switch member.name {
      case "external_id": id = try ImportRow.text(member.value, "external_id")
      case "name": name = try ImportRow.text(member.value, "name")
      case "email": email = try Self.email(member.value)
      case "team": team = try Self.path(member.value)
      case "lead":
        guard let truth = member.value.bool ?? (member.value.isNull ? false : nil) else {
          throw RowRejection("lead has to be true or false")
        }
        isLead = truth
      case "line", "if_absent": break
      default: throw ImportRow.unknown(member.name, Self.members)
      }
    }
    externalID = try ImportRow.required(id, "external_id")
    self.name = try ImportRow.required(name, "name")
    if isLead, team.isEmpty { throw RowRejection("who leads needs a team") }
    self.email = email
    self.team = team
    self.isLead = isLead
  }

  private static func email(_ json: JSON) throws(RowRejection) -> EmailAddress? {
    guard let text = try ImportRow.copied(json, "email", length: 254) else { return nil }
    guard let email = EmailAddress(text) else {
      throw RowRejection("email \(RowRejection.quoted(text)) is no e-mail address")
    }
    return email
  }

  private static func path(_ json: JSON) throws(RowRejection) -> [String] {
    if json.isNull { return [] }
    let elements = json.array ?? [json]
    guard elements.count <= deepest else {
      throw RowRejection("team is a path of more than \(deepest) teams")
    }
    var path: [String] = []
    for element in elements {
      if let name = try ImportRow.text(element, "team") { path.append(name) }
    }
    return path
  }
}
