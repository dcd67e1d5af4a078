public import JSON

/// What a request is refused with.
public struct RPCError: Error, Sendable {
  /// The number, by JSON-RPC's and protocol's table.
  public let code: Int
  /// The slug that programs test.
  public let kind: String
  /// An English sentence that says what to do.
  public let message: String
  /// What the kind adds, in order, besides `kind` itself.
  public let data: [(name: String, value: JSON)]

  /// An error of that kind.
  public init(_ kind: ErrorKind, _ message: String, data: [(name: String, value: JSON)] = []) {
    self.code = kind.code
    self.kind = kind.rawValue
    self.message = message
    self.data = data
  }

  /// The value of one member of `data`.
  public subscript(name: String) -> JSON? {
    data.first { $0.name == name }?.value
  }
}

extension RPCError: Equatable {
  /// Whether both answer the same.
  public static func == (left: RPCError, right: RPCError) -> Bool {
    left.code == right.code && left.kind == right.kind && left.message == right.message
      && left.data.elementsEqual(right.data) { $0.name == $1.name && $0.value == $1.value }
  }
}

extension RPCError: CustomStringConvertible {
  /// The kind alone: messages may quote what a client sent, and do not belong in logs.
  public var description: String { kind }
}
