internal import JSON
internal import JSONRPC

extension RPCError {
  /// Why the server tells nothing more, from the `ended` of its last event.
  init(ended: JSON) {
    let data = ended["data"]?.object?.members ?? []
    let kind = ended["data"]?["kind"]?.string.flatMap { ErrorKind(rawValue: $0) }
    self.init(
      kind ?? .unavailable, ended["message"]?.string ?? "",
      data: data.filter { $0.name != "kind" }.map { ($0.name, $0.value) })
  }
}
