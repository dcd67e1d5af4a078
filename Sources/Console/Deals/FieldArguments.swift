internal import JSON

/// Custom fields on the command line: `key=value`, each value JSON where it reads as such.
enum FieldArguments {
  /// The wire's `fields`; nil where none are given.
  static func object(_ arguments: [String]) throws -> JSON? {
    guard !arguments.isEmpty else { return nil }
    var fields = JSONObject()
    for argument in arguments {
      guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
        throw ConsoleFailure.usage("\"\(argument)\" is no field: write key=value.")
      }
      let text = String(argument[argument.index(after: equals)...])
      fields[String(argument[..<equals])] = (try? JSONReader().read(text)) ?? .string(text)
    }
    return .object(fields)
  }
}
