internal import JSON

/// One way to call a method with numbers of things: the caller's own, and in one place or more those of
/// somebody else.
struct IsolationCase: Sendable {
  /// The params, from the caller's own things and the others.
  let parameters: @Sendable (_ own: CompanyThings, _ other: CompanyThings) -> JSONObject
  /// Whether anything of others stands in it.
  let namesOthers: Bool
  /// Whether it uses things up, so that the control needs a set of its own.
  let usesUp: Bool
  /// Whether it is refused with the caller's own things too, for another reason.
  var isRefusedAnyway = false

  /// A call that names nothing of a company's.
  static func plain(_ parameters: JSONObject = [:]) -> IsolationCase {
    IsolationCase(parameters: { _, _ in parameters }, namesOthers: false, usesUp: false)
  }

  /// A call that names something of somebody's.
  static func naming(
    usesUp: Bool = false,
    _ parameters: @escaping @Sendable (CompanyThings, CompanyThings) -> JSONObject
  ) -> IsolationCase {
    IsolationCase(parameters: parameters, namesOthers: true, usesUp: usesUp)
  }

  /// The same call, which its caller's own things don't fit either.
  var refusedAnyway: IsolationCase {
    var copy = self
    copy.isRefusedAnyway = true
    return copy
  }

  /// A call that is about one thing.
  static func of(
    _ name: String = "id", _ thing: any KeyPath<CompanyThings, Int64> & Sendable,
    _ more: JSONObject = [:], usesUp: Bool = false
  ) -> IsolationCase {
    naming(usesUp: usesUp) { _, other in
      var parameters = more
      parameters[name] = .integer(other[keyPath: thing])
      return parameters
    }
  }

  /// The same with a thing of the caller's own besides.
  static func of(
    _ name: String, _ thing: any KeyPath<CompanyThings, Int64> & Sendable,
    own ownName: String, _ ownThing: any KeyPath<CompanyThings, Int64> & Sendable,
    _ more: JSONObject = [:], usesUp: Bool = false
  ) -> IsolationCase {
    naming(usesUp: usesUp) { own, other in
      var parameters = more
      parameters[ownName] = .integer(own[keyPath: ownThing])
      parameters[name] = .integer(other[keyPath: thing])
      return parameters
    }
  }
}
