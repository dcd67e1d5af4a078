public import JSON

/// One member that a method takes: its name, its shape and how it is read.
///
/// The same value declares it, reads it out of the arguments and describes it in `rpc.discover`:
///
///     static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline's id.")
public struct Member<Value: Sendable>: Sendable {
  /// The member's name.
  public let name: String
  /// The shape of its value.
  public let schema: Schema
  /// What it is for, in one sentence.
  public let summary: String
  /// Reads a value that is not `null`. The paths of problems begin below this member.
  public let decode: @Sendable (JSON) -> Result<Value, FieldProblems>

  /// A member with its own reading.
  public init(
    name: String, schema: Schema, summary: String,
    decode: @escaping @Sendable (JSON) -> Result<Value, FieldProblems>
  ) {
    self.name = name
    self.schema = schema
    self.summary = summary
    self.decode = decode
  }

  /// The same member with its value read further, into one of the caller's types.
  public func map<Other>(
    _ transform: @escaping @Sendable (Value) -> Result<Other, FieldProblems>
  ) -> Member<Other> {
    Member<Other>(name: name, schema: schema, summary: summary) { json in
      decode(json).flatMap(transform)
    }
  }

  /// The same reading under another name.
  public func renamed(_ name: String, _ summary: String? = nil) -> Member<Value> {
    Member(name: name, schema: schema, summary: summary ?? self.summary, decode: decode)
  }

  /// The same reading described by another schema, a shared one for instance.
  public func described(by schema: Schema) -> Member<Value> {
    Member(name: name, schema: schema, summary: summary, decode: decode)
  }
}
