internal import JSON
internal import JSONRPC

/// The server's errors, for scripts and for people.
enum ErrorText {
  static func json(_ error: RPCError) -> String {
    TerminalText.json(String(decoding: error.json.bytes, as: UTF8.self))
  }

  static func kind(_ error: RPCError) -> String { error.kind }

  /// The message, and what the error says of single members where the message does not.
  static func sentence(_ error: RPCError) -> String {
    let fields = (error["fields"]?.array ?? []).map { field in
      "\n  \(CellText.exact(field["path"])): \(CellText.exact(field["problem"]))"
    }
    return "voronka: " + TerminalText.block("\(error.message) (\(error.kind))" + fields.joined())
  }
}
