internal import JSON

/// A list of the company's own, such as its reasons or its kinds of activity: what there is can be named by id or
/// name, put away or not.
struct OwnList {
  /// What is done with a list, with the params that are its own.
  enum Step {
    /// Those that fit.
    case list(JSONObject)
    /// A new one.
    case create(JSONObject)
    /// Other members of one.
    case update(String, JSONObject)
    /// One goes, or is put away where something is of it.
    case delete(String)
  }

  /// By which the list's methods begin.
  let noun: String
  /// One of the list, as people call it.
  let name: String
  /// What a table tells besides the id.
  let columns: [Listing.Column]
  let ifEmpty: String
  /// Among which ones a name is looked for, where not among all.
  var narrowing = JSONObject()

  /// Does it and prints the outcome.
  func run(_ step: Step, in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch step {
      case .list(let params):
        let items = try await session.items("\(noun).list", params)
        return Listing.answer(
          json: ["items": .array(items), "next": .null], items: items,
          columns: [Listing.Column("ID", .right) { CellText.exact($0["id"]) }] + columns,
          ifEmpty: ifEmpty, origin: Origin("\(noun).list", "items"))
      case .create(let params):
        return try await call("create", params, session)
      case .update(let text, var params):
        params["id"] = try await find(text, session)
        return try await call("update", params, session)
      case .delete(let text):
        let id = try await find(text, session)
        try context.confirm(
          "Delete the \(name) \(CellText.exact(id))? One that is in use is only put away.")
        return try await call("delete", ["id": id], session)
      }
    }
    context.present(answer)
  }

  private func call(
    _ verb: String, _ params: JSONObject, _ session: Session
  ) async throws -> Answer {
    let method = "\(noun).\(verb)"
    return GenericAnswer.make(try await session.call(method, .object(params)), of: method)
  }

  /// One that was put away can be named too.
  private func find(_ text: String, _ session: Session) async throws -> JSON {
    if let id = Int64(text) { return .integer(id) }
    var params = narrowing
    params["inactive"] = true
    let items = try await session.items("\(noun).list", params)
    let found = try Directory.match(items, text, noun: name) {
      [$0["name"]?.string].compactMap(\.self)
    }
    return .integer(try Directory.id(found))
  }
}

extension JSONObject {
  /// The members that are told.
  static func told(_ members: (name: String, value: JSON?)...) -> JSONObject {
    var object = JSONObject()
    for member in members { object[member.name] = member.value }
    return object
  }
}
