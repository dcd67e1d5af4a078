internal import JSON

/// Who somebody is, in a few words.
enum PrincipalText {
  static func line(_ principal: JSON?) -> String {
    let kind = principal?["kind"]?.string ?? "unknown"
    let user = principal?["user"]
    let name = user?["name"]?.string ?? principal?["name"]?.string ?? kind
    var words = [TerminalText.line(name)]
    if let email = user?["email"]?.string { words.append("<\(TerminalText.line(email))>") }
    var facts: [String] = []
    if let role = user?["role"]?.string { facts.append(role) }
    if kind != "user", name != kind { facts.append(kind) }
    if let token = principal?["token"]?["name"]?.string { facts.append("by token \(token)") }
    if let actor = principal?["actor"] {
      let token = actor["token"]?["name"]?.string.map { " by token \($0)" } ?? ""
      facts.append("acted for by \(actor["kind"]?.string ?? "somebody")\(token)")
    }
    if let tenant = principal?["tenant"]?.string { facts.append("of \(tenant)") }
    if !facts.isEmpty { words.append("(\(TerminalText.line(facts.joined(separator: " "))))") }
    return words.joined(separator: " ")
  }
}
