public import JSON

/// Errors as a client reads them.
extension RPCError {
  /// The error in a reply's `error` member; nil where that is not one. A kind that is not known here
  /// is kept, since a newer server may have more of them.
  public init?(reading json: JSON) {
    guard let code = json["code"]?.int64, let message = json["message"]?.string else { return nil }
    let members = json["data"]?.object?.members ?? []
    self.code = Int(code)
    self.kind = json["data"]?["kind"]?.string ?? "unknown"
    self.message = message
    self.data = members.filter { $0.name != "kind" }.map { ($0.name, $0.value) }
  }
}
