/// What a method is, for dispatch and for `rpc.discover` alike.
public struct MethodDescription: Sendable {
  /// The name, `noun.verb`.
  public let name: String
  /// What it does, in one sentence.
  public let summary: String
  /// What else a caller wants to know; may be empty.
  public let details: String
  /// What it takes.
  public let parameters: [MemberDeclaration]
  /// The shape of its result.
  public let result: Schema
  /// What it may be refused with, beyond JSON-RPC's own errors.
  public let errors: [ErrorKind]
  /// What it belongs to; the first tag is its noun's area.
  public let tags: [String]

  /// A method's description.
  public init(
    name: String, summary: String, details: String = "", parameters: [MemberDeclaration] = [],
    result: Schema = .any, errors: [ErrorKind] = [], tags: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.parameters = parameters
    self.result = result
    self.errors = errors
    self.tags = tags
  }
}
