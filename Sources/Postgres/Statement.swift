/// One SQL statement with placeholders `$1`, `$2`, …; its text can only come from literals.
///
/// Keep statements in static constants: equal texts share one entry of a process-wide registry, and
/// each connection prepares a statement when it first runs it.
public struct Statement: Sendable, Hashable {
  let definition: StatementDefinition

  init(_ definition: StatementDefinition) {
    self.definition = definition
  }

  /// A statement from its text. One statement only: the extended protocol takes no `;`-separated lists.
  public init(_ text: StaticString) {
    self.init(joining: [text])
  }

  /// A statement from pieces that are literals each, such as a query with one of several orders.
  ///
  /// Every combination that is used stays prepared on every connection: keep them few.
  public init(joining pieces: [StaticString]) {
    let text = pieces.map { $0.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }.joined()
    definition = StatementDefinition.registered(text)
  }

  /// Binds parameters to the placeholders, in their order.
  public func callAsFunction(_ parameters: Parameter...) -> BoundStatement {
    bind(parameters)
  }

  /// Binds parameters to the placeholders, in their order.
  public func bind(_ parameters: [Parameter]) -> BoundStatement {
    BoundStatement(definition: definition, parameters: ParameterBuffer(parameters))
  }

  /// The SQL.
  public var text: String {
    definition.text
  }

  /// Same text.
  public static func == (one: Statement, other: Statement) -> Bool {
    one.definition === other.definition
  }

  /// By identity of the registry's entry.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(definition.index)
  }
}
