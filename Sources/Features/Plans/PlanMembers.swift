internal import JSON
internal import JSONRPC
internal import SalesRules

/// What `plan.*` takes.
enum PlanMembers {
  static let code = Member<String>.opaqueText(
    "code", length: 1...63, "The plan's code: small letters, digits, `-` and `_`.")
  static let name = Member<String>.text("name", "The plan's name.")
  static let price = CommonMembers.money(
    "price", "What it costs a month; for order, not for bills.")
  static let features = Member<[PlanFeature]>.array(
    "features", of: .choice("feature", "A feature's name."), count: 0...100,
    "What the plan switches on; null or absent is everything.")
  static let limits = Member<[PlanLimit: Int?]>(
    name: "limits",
    schema: .object(
      properties: PlanLimit.allCases.map { ($0.rawValue, .integer(0...1_000_000).nullable) },
      required: [], isClosed: true),
    summary: "How much of each thing; null is no limit.", decode: decode)

  static let retention = Member<[PlanRetention.Part: Int?]>(
    name: "retention",
    schema: .object(
      properties: PlanRetention.Part.allCases.map { ($0.rawValue, .integer($0.range).nullable) },
      required: [], isClosed: true),
    summary:
      "How long history of closed cards and audit are kept, in days, and idempotency keys, in "
      + "hours; null is for ever, and 24 hours for keys.", decode: decodeRetention)

  private static func decodeRetention(
    _ json: JSON
  ) -> Result<[PlanRetention.Part: Int?], FieldProblems> {
    guard let object = json.object else { return .failure(FieldProblems("has to be an object")) }
    var parts: [PlanRetention.Part: Int?] = [:]
    var problems: [FieldProblem] = []
    for member in object.members {
      guard let part = PlanRetention.Part(rawValue: member.name) else {
        let names = PlanRetention.Part.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append(
          FieldProblem(path: member.name, problem: "is unknown; there are \(names)"))
        continue
      }
      if member.value.isNull {
        parts.updateValue(nil, forKey: part)
      } else if let number = member.value.int64, part.range.contains(number) {
        parts.updateValue(Int(number), forKey: part)
      } else {
        problems.append(
          FieldProblem(
            path: member.name,
            problem: "has to be a whole number from \(part.range.lowerBound) to "
              + "\(part.range.upperBound), or null"))
      }
    }
    return problems.isEmpty ? .success(parts) : .failure(FieldProblems(problems))
  }

  private static func decode(_ json: JSON) -> Result<[PlanLimit: Int?], FieldProblems> {
    guard let object = json.object else { return .failure(FieldProblems("has to be an object")) }
    var limits: [PlanLimit: Int?] = [:]
    var problems: [FieldProblem] = []
    for member in object.members {
      guard let limit = PlanLimit(rawValue: member.name) else {
        let names = PlanLimit.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append(
          FieldProblem(path: member.name, problem: "is unknown; the limits are \(names)"))
        continue
      }
      if member.value.isNull {
        limits.updateValue(nil, forKey: limit)
      } else if let number = member.value.int64, (0...1_000_000).contains(number) {
        limits.updateValue(Int(number), forKey: limit)
      } else {
        problems.append(
          FieldProblem(
            path: member.name, problem: "has to be a whole number from 0 to 1000000, or null"))
      }
    }
    return problems.isEmpty ? .success(limits) : .failure(FieldProblems(problems))
  }
}
