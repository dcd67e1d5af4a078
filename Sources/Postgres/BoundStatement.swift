/// A statement with its parameters, ready to be sent.
public struct BoundStatement: Sendable {
  let definition: StatementDefinition
  let parameters: ParameterBuffer
}

extension BoundStatement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The statement's text and how many parameters it has, never the values.
  public var description: String {
    "\(definition.text) [\(parameters.count) parameters]"
  }

  /// As `description`.
  public var debugDescription: String {
    description
  }

  /// Without children, so that `dump` shows no value either.
  public var customMirror: Mirror {
    Mirror(self, children: [])
  }
}
