public import JSON

/// A message that the server sent unasked, such as an event of a subscription.
public struct ServerNotification: Sendable {
  /// What it tells of, for example `event`.
  public let method: String
  /// Its members; null where there are none.
  public let params: JSON
}
