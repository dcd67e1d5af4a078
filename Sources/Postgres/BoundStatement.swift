/// A statement with its parameters, ready to be sent.
public struct BoundStatement: Sendable {
  let definition: StatementDefinition
  let parameters: ParameterBuffer

  /// The statement by itself.
  public var statement: Statement { Statement(definition) }

  /// The parameters' texts, nil where they are NULL: for who runs it elsewhere. They do not belong into logs.
  public var values: [String?] { parameters.texts }
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
