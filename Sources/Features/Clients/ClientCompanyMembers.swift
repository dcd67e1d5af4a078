internal import JSON
internal import JSONRPC
internal import SalesRules

/// What `company.*` takes.
enum ClientCompanyMembers {
  static let name = Member<String>.text("name", "The company's name.")
  static let prefix = name.renamed("name", "Only those whose names begin so.")
  static let fields = Member<JSONObject>.json(
    "fields", "What else is known of it: texts, numbers and truth values by key; null clears one."
  ).map(checked)

  private static let most = 100

  private static func checked(_ object: JSONObject) -> Result<JSONObject, FieldProblems> {
    guard object.count <= most else { return .problem("has to have at most \(most) members") }
    var problems: [FieldProblem] = []
    for member in object.members {
      if let problem = FieldKey.problem(in: member.name) {
        let shown = String(String.UnicodeScalarView(member.name.unicodeScalars.prefix(64)))
        problems.append(FieldProblem(path: shown, problem: problem.message))
      } else if let problem = problem(in: member.value) {
        problems.append(FieldProblem(path: member.name, problem: problem))
      }
    }
    return problems.isEmpty ? .success(object) : .failure(FieldProblems(problems))
  }

  private static func problem(in value: JSON) -> String? {
    switch value {
    case .null, .bool: nil
    case .number(let number):
      number.text.utf8.count <= 40 ? nil : "has to have at most 40 digits"
    case .string(let text):
      text.unicodeScalars.count <= 1000 ? nil : "has to be at most 1000 characters long"
    case .array, .object: "has to be a text, a number, true, false or null"
    }
  }
}
