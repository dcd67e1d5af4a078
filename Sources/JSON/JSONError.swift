/// Why a text is not the JSON this server takes, and where.
public struct JSONError: Error, Sendable, Equatable {
  /// What is wrong with the text.
  public enum Problem: String, Sendable, CaseIterable {
    /// The text ended before the value did.
    case unexpectedEnd = "the text ends too early"
    /// A byte that cannot stand here.
    case unexpectedByte = "unexpected character"
    /// Something stands after the value.
    case trailingText = "something stands after the value"
    /// The text starts with a byte order mark.
    case byteOrderMark = "the text starts with a byte order mark"
    /// The bytes are not UTF-8.
    case invalidUTF8 = "the text is not valid UTF-8"
    /// A control character that must be written as an escape.
    case controlCharacter = "a control character in a string must be written as an escape"
    /// `\u0000`, which the database cannot hold.
    case nullCharacter = "the character U+0000 is not taken"
    /// An escape that JSON does not have.
    case invalidEscape = "unknown escape in a string"
    /// Half of a surrogate pair.
    case loneSurrogate = "a surrogate escape without its other half"
    /// A number against the grammar.
    case invalidNumber = "not a JSON number"
    /// A number too large, too small or too long to be kept.
    case numberOutOfRange = "the number is out of range"
    /// A name that stands twice in one object.
    case duplicateMember = "a member stands twice in one object"
    /// Arrays and objects nested deeper than allowed.
    case tooDeep = "arrays and objects are nested too deeply"
  }

  /// What is wrong.
  public let problem: Problem
  /// How many bytes into the text.
  public let offset: Int

  /// A problem and the place where it was found.
  public init(problem: Problem, offset: Int) {
    self.problem = problem
    self.offset = offset
  }
}

extension JSONError: CustomStringConvertible {
  /// The problem and its place, in words.
  public var description: String {
    "\(problem.rawValue), at byte \(offset)"
  }
}
