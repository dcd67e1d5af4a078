/// A JSON number, kept as the text that was written.
///
/// Money and ids lose nothing on the way: nothing is rounded until somebody asks for a `double`.
public struct JSONNumber: Sendable, Hashable {
  /// The number as written, by JSON's grammar.
  public let text: String

  /// A number whose text has been checked against the grammar already.
  init(checked text: String) {
    self.text = text
  }

  /// The number that the text spells, or nil if JSON's grammar or range refuses it.
  public init?(text: String) {
    guard case .some(.number(let number)) = try? JSONReader().read(text), number.text == text else {
      return nil
    }
    self = number
  }

  /// An integer.
  public init(_ value: some BinaryInteger) {
    self.text = String(value)
  }

  /// A finite number in its shortest exact form; nil for infinities and NaN.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    self.text = value.description
  }

  /// The integer, if the number is written as one and fits: `5` is, `5.0` and `5e0` are not.
  public var int64: Int64? {
    Int64(text)
  }

  /// The nearest double.
  public var double: Double? {
    Double(text)
  }
}
