public import JSON

/// One call: a method and its params.
public struct Request: Sendable {
  /// The id to answer with; nil for a notification, which gets no reply.
  public let id: RequestID?
  /// The method's name as sent, known or not.
  public let method: String
  /// The params by name; nil where they were absent, `null` or `[]`.
  public let parameters: JSONObject?
  /// Whether params came by position, which no method takes (-32602).
  public let hasPositionalParameters: Bool

  /// One call.
  public init(
    id: RequestID?, method: String, parameters: JSONObject? = nil,
    hasPositionalParameters: Bool = false
  ) {
    self.id = id
    self.method = method
    self.parameters = parameters
    self.hasPositionalParameters = hasPositionalParameters
  }

  /// Whether the caller wants no reply.
  public var isNotification: Bool { id == nil }
}
