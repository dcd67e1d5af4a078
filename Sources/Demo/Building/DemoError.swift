internal import JSON
internal import JSONRPC

/// Why a company could not be made.
public struct DemoError: Error, Sendable, CustomStringConvertible {
  /// An English sentence that says what to do.
  public let description: String

  init(_ description: String) {
    self.description = description
  }

  /// What the server refused, with the members that it names.
  init(_ method: String, _ error: RPCError) {
    let fields = (error["fields"]?.array ?? []).map { field in
      " \(field["path"]?.string ?? "?"): \(field["problem"]?.string ?? field.description)"
    }
    self.init("\(method): \(error.message)\(fields.joined())")
  }
}
