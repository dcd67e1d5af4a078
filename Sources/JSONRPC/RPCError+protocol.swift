public import JSON

/// JSON-RPC's own errors.
extension RPCError {
  /// The line is not the JSON that is taken.
  public static func parseError(_ error: JSONError) -> RPCError {
    RPCError(
      .parseError, "The line is not valid JSON: \(error). Send one JSON text a line.",
      data: [("problem", .string(error.problem.rawValue)), ("offset", .integer(error.offset))])
  }

  /// The JSON is no request, or one that cannot stand here; `limit` where one was passed.
  public static func invalidRequest(_ message: String, limit: Int? = nil) -> RPCError {
    RPCError(.invalidRequest, message, data: limit.map { [("limit", .integer($0))] } ?? [])
  }

  /// There is no such method.
  public static func methodNotFound(_ method: String) -> RPCError {
    RPCError(
      .methodNotFound,
      "There is no method \(quoted(method)). The method rpc.discover lists all methods.")
  }

  /// The params do not fit; names every member at once.
  public static func invalidParams(_ problems: [FieldProblem]) -> RPCError {
    RPCError(
      .invalidParams, "Correct the params: \(sentence(problems)).",
      data: [("fields", .array(problems.map(\.json)))])
  }

  /// Params came by position.
  public static func positionalParameters() -> RPCError {
    invalidParams([
      FieldProblem(path: "", problem: "params are taken by name: send an object, not an array")
    ])
  }

  /// The server failed. The log has the cause under the same incident id.
  public static func internalError(incident: String) -> RPCError {
    RPCError(
      .internal, "The server failed. Report the incident id to its operator.",
      data: [("incident", .string(incident))])
  }

  /// The first problems in words.
  static func sentence(_ problems: [FieldProblem]) -> String {
    let shown = problems.prefix(3).map { problem in
      let text =
        problem.problem.hasSuffix(".") ? String(problem.problem.dropLast()) : problem.problem
      return problem.path.isEmpty ? text : "\(problem.path): \(text)"
    }
    let more = problems.count > 3 ? "; and \(problems.count - 3) more, see data.fields" : ""
    return shown.joined(separator: "; ") + more
  }

  /// A client's text within quotes, cut to a length that is safe to show.
  static func quoted(_ text: String) -> String {
    "\"\(shortened(text))\""
  }

  /// A client's text cut to a length that is safe to show.
  static func shortened(_ text: String) -> String {
    guard text.unicodeScalars.count > 64 else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(64))) + "…"
  }
}
