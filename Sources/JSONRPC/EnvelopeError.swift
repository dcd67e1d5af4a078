/// Why a message is no request, and the id to say so with.
public struct EnvelopeError: Error, Sendable {
  /// The id, where one could be read.
  public let id: RequestID?
  /// What to answer.
  public let error: RPCError

  /// An error to be answered under an id, or under `null`.
  public init(id: RequestID?, error: RPCError) {
    self.id = id
    self.error = error
  }
}
