internal import JSON

/// One member as a method declares it: what it is, and whether it must be there.
public struct MemberDeclaration: Sendable {
  /// Whether the member must be there.
  public enum Presence: Sendable {
    /// It must be there and not be `null`.
    case required
    /// It may be absent or `null`, which is the same.
    case optional
    /// It may be absent (unchanged) or `null` (cleared), which differ.
    case clearable
  }

  /// The member's name.
  public let name: String
  /// The shape of its value.
  public let schema: Schema
  /// What it is for.
  public let summary: String
  /// Whether it must be there.
  public let presence: Presence
  let decode: @Sendable (JSON) -> Result<any Sendable, FieldProblems>
  /// Whether the reading knows what to do with `null`.
  let takesNull: Bool
  /// Whether `null` is refused where the member may be absent: in an update, where `null` would clear
  /// what can't be without a value.
  private(set) var refusesNull = false

  private init<Value>(_ member: Member<Value>, _ presence: Presence, takesNull: Bool = false) {
    name = member.name
    schema = presence == .clearable ? member.schema.nullable : member.schema
    summary = member.summary
    self.presence = presence
    self.takesNull = takesNull
    let decode = member.decode
    self.decode = { json in decode(json).map { $0 as any Sendable } }
  }

  /// A member that must be there.
  public static func required<Value>(_ member: Member<Value>) -> MemberDeclaration {
    MemberDeclaration(member, .required)
  }

  /// A member that must be there and may be `null` (`Member.orNull`).
  public static func required<Value>(_ member: Member<Value?>) -> MemberDeclaration {
    MemberDeclaration(member, .required, takesNull: true)
  }

  /// A member that may be absent; `null` counts as absent.
  public static func optional<Value>(_ member: Member<Value>) -> MemberDeclaration {
    MemberDeclaration(member, .optional)
  }

  /// The same, refusing `null`.
  public var refusingNull: MemberDeclaration {
    var declaration = self
    declaration.refusesNull = true
    return declaration
  }

  /// A member of an update: absent leaves as it is, `null` clears.
  public static func clearable<Value>(_ member: Member<Value>) -> MemberDeclaration {
    MemberDeclaration(member, .clearable)
  }
}

extension [MemberDeclaration] {
  /// The shape of an object with these members and no others.
  public var schema: Schema {
    .object(
      properties: map { ($0.name, $0.schema.described($0.summary)) },
      required: filter { $0.presence == .required }.map(\.name), isClosed: true)
  }
}
