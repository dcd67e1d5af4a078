internal import JSON
internal import JSONRPC

/// What the audit keeps of a request besides who made it.
struct AuditedRequest: Sendable {
  /// The method.
  let method: String
  /// Its id in the log.
  var id: String { label.description }
  private let label: RequestLabel
  /// Whether the method's answer is a secret, which is kept nowhere.
  private let isSecret: Bool
  private let parameters: JSONObject

  init(_ method: Method, _ request: Request, label: RequestLabel) {
    self.method = request.method
    self.label = label
    isSecret = method.traits.contains(.secret)
    parameters = request.parameters ?? [:]
  }

  /// What the method is about: the part of its name before the point.
  var noun: String {
    method.split(separator: ".").first.map(String.init) ?? method
  }

  /// Which one: by the params where they name it, else by the answer.
  func subject(_ work: Work) -> String? {
    for name in ["id", noun, "code", "slug", "what"] {
      if let number = parameters[name]?.int64 { return String(number) }
      if let text = parameters[name]?.string { return text }
    }
    // An order is of many; its answer is what they belong to.
    return method.hasSuffix(".reorder") ? nil : work.answer.leadingID.map(String.init)
  }

  /// How it was afterwards; nil where the answer is a secret.
  func after(_ work: Work) -> RawJSON? {
    work.after ?? (isSecret ? nil : work.answer)
  }
}

extension RawJSON {
  /// The id of an object that begins with it, as all that have one do.
  fileprivate var leadingID: Int64? {
    let start = Array(#"{"id":"#.utf8)
    guard bytes.starts(with: start) else { return nil }
    let digits = bytes[start.count...].prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    return Int64(String(decoding: digits, as: UTF8.self))
  }
}
