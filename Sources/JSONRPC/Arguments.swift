public import JSON

/// A request's params, read against a method's declarations.
public struct Arguments: Sendable {
  private enum Slot: Sendable {
    case null
    case value(any Sendable)
  }

  private let slots: [(name: String, slot: Slot)]

  /// The most problems that one reply lists.
  private static let mostProblems = 50

  /// Reads params against declarations: all problems at once, unknown members by name.
  public static func decode(
    _ object: JSONObject?, against declarations: [MemberDeclaration]
  ) -> Result<Arguments, RPCError> {
    read(object ?? [:], against: declarations).mapError { .invalidParams($0.problems) }
  }

  static func read(
    _ object: JSONObject, against declarations: [MemberDeclaration]
  ) -> Result<Arguments, FieldProblems> {
    var slots: [(name: String, slot: Slot)] = []
    var problems: [FieldProblem] = []
    slots.reserveCapacity(declarations.count)
    var taken = 0
    for declaration in declarations {
      let json = object[declaration.name]
      if json != nil { taken += 1 }
      switch (json, declaration.presence) {
      case (.none, .required):
        problems.append(FieldProblem(path: declaration.name, problem: "is missing"))
      case (.some(.null), .optional) where declaration.refusesNull:
        problems.append(
          FieldProblem(path: declaration.name, problem: "must not be null; leave it out instead"))
      case (.none, _), (.some(.null), .optional):
        break
      case (.some(.null), .clearable):
        slots.append((declaration.name, .null))
      case (.some(.null), .required) where !declaration.takesNull:
        problems.append(FieldProblem(path: declaration.name, problem: "must not be null"))
      case (.some(let json), _):
        switch declaration.decode(json) {
        case .success(let value): slots.append((declaration.name, .value(value)))
        case .failure(let failure):
          problems += failure.problems.map { $0.within(declaration.name) }
        }
      }
    }
    if taken < object.count {
      problems += unknownMembers(of: object, declarations)
    }
    guard problems.isEmpty else {
      return .failure(FieldProblems(Array(problems.prefix(mostProblems))))
    }
    return .success(Arguments(slots: slots))
  }

  private static func unknownMembers(
    of object: JSONObject, _ declarations: [MemberDeclaration]
  ) -> [FieldProblem] {
    let known = Set(declarations.map(\.name))
    let names = declarations.map(\.name).joined(separator: ", ")
    let hint = names.isEmpty ? "no members are taken" : "the members are \(names)"
    return object.members.lazy.filter { !known.contains($0.name) }.prefix(mostProblems).map {
      FieldProblem(path: RPCError.shortened($0.name), problem: "is unknown; \(hint)")
    }
  }

  /// The value of a member declared as required.
  public subscript<Value>(_ member: Member<Value>) -> Value {
    guard case .some(.value(let stored)) = slot(member.name), let value = stored as? Value else {
      preconditionFailure("The member \(member.name) is not declared as required")
    }
    return value
  }

  /// The value of a member declared as optional or clearable; nil where it was absent or `null`.
  public subscript<Value>(optional member: Member<Value>) -> Value? {
    guard case .some(.value(let stored)) = slot(member.name) else { return nil }
    guard let value = stored as? Value else {
      preconditionFailure("The member \(member.name) is declared with another type")
    }
    return value
  }

  /// What an update says of a member declared as clearable.
  public func change<Value>(_ member: Member<Value>) -> Change<Value> {
    switch slot(member.name) {
    case .none: .unchanged
    case .some(.null): .clear
    case .some(.value): self[optional: member].map { .set($0) } ?? .clear
    }
  }

  /// Whether the member was there, `null` or not (an optional one that was `null` counts as absent).
  public func has(_ name: String) -> Bool {
    slot(name) != nil
  }

  /// The names of the members that were there.
  public var names: [String] { slots.map(\.name) }

  private func slot(_ name: String) -> Slot? {
    slots.first { $0.name == name }?.slot
  }
}
