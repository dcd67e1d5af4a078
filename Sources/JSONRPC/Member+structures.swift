public import JSON

extension Member where Value == JSONObject {
  /// An object of any members, for what the method checks itself (custom fields).
  public static func json(_ name: String, _ summary: String) -> Member {
    Member(name: name, schema: .anyObject, summary: summary) { json in
      guard let object = json.object else { return .problem("has to be an object") }
      return .success(object)
    }
  }
}

extension Member where Value == JSON {
  /// Any value but `null`.
  public static func any(_ name: String, _ summary: String) -> Member {
    Member(name: name, schema: .any, summary: summary) { .success($0) }
  }
}

extension Member where Value == Arguments {
  /// An object with members of its own, which takes no others.
  public static func object(
    _ name: String, _ members: [MemberDeclaration], _ summary: String
  ) -> Member {
    Member(name: name, schema: members.schema, summary: summary) { json in
      guard let object = json.object else { return .problem("has to be an object") }
      return Arguments.read(object, against: members)
    }
  }

  /// An object with exactly one of some members: `{"user":id}` or `{"team":id}`.
  public static func exactlyOne(
    _ name: String, of members: [MemberDeclaration], _ summary: String
  ) -> Member {
    let names = members.map(\.name).joined(separator: ", ")
    let schema = Schema.oneOf(
      members.map {
        .object(properties: [($0.name, $0.schema)], required: [$0.name], isClosed: true)
      })
    return Member(name: name, schema: schema, summary: summary) { json in
      // An optional member that is null counts as absent: then none of them would be there.
      guard let object = json.object, object.count == 1, object.members.first?.value != .null else {
        return .problem("has to be an object with exactly one of \(names)")
      }
      return Arguments.read(object, against: members)
    }
  }
}

extension Member {
  /// A list of values that each read like `element`, whose name does not count.
  public static func array<Element>(
    _ name: String, of element: Member<Element>, count: ClosedRange<Int> = 0...1000,
    _ summary: String
  ) -> Member where Value == [Element] {
    let schema = Schema.array(of: element.schema, count: count)
    return Member(name: name, schema: schema, summary: summary) { json in
      guard let elements = json.array else { return .problem("has to be an array") }
      guard count.contains(elements.count) else {
        return .problem("has to have \(count.lowerBound) to \(count.upperBound) elements")
      }
      var values: [Element] = []
      var problems: [FieldProblem] = []
      values.reserveCapacity(elements.count)
      for (index, json) in elements.enumerated() {
        switch element.decode(json) {
        case .success(let value): values.append(value)
        case .failure(let failure):
          problems += failure.problems.map { $0.within("[\(index)]") }
        }
      }
      return problems.isEmpty ? .success(values) : .failure(FieldProblems(problems))
    }
  }

  /// An object whose members, of any names, each read like `element`, whose name does not count.
  public static func dictionary<Element>(
    _ name: String, of element: Member<Element>, _ summary: String
  ) -> Member where Value == [(name: String, value: Element)] {
    let schema = Schema.dictionary(of: element.schema)
    return Member(name: name, schema: schema, summary: summary) { json in
      guard let object = json.object else { return .problem("has to be an object") }
      var values: Value = []
      var problems: [FieldProblem] = []
      for member in object.members {
        switch element.decode(member.value) {
        case .success(let value): values.append((member.name, value))
        case .failure(let failure):
          problems += failure.problems.map { $0.within(member.name) }
        }
      }
      return problems.isEmpty ? .success(values) : .failure(FieldProblems(problems))
    }
  }

  /// A value that may come in several shapes; the first that fits is taken.
  public static func oneOf(_ name: String, _ shapes: [Member], _ summary: String) -> Member {
    Member(name: name, schema: .oneOf(shapes.map(\.schema)), summary: summary) { json in
      var problems: [String] = []
      for shape in shapes {
        switch shape.decode(json) {
        case .success(let value): return .success(value)
        case .failure(let failure): problems += failure.problems.map(\.problem)
        }
      }
      return .problem(problems.joined(separator: ", or "))
    }
  }

  /// The same, with `null` read as nil: for limits, where null means "none".
  public func orNull() -> Member<Value?> {
    Member<Value?>(name: name, schema: schema.nullable, summary: summary) { json in
      json.isNull ? .success(nil) : decode(json).map(Optional.some)
    }
  }
}
