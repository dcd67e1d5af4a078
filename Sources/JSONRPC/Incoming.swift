/// What one line held.
public enum Incoming: Sendable {
  /// One request, or why it is none.
  case single(Result<Request, EnvelopeError>)
  /// The elements of a batch in their order; there is at least one.
  case batch([Result<Request, EnvelopeError>])
}
