/// What is wrong with a value: a name that programs test and a sentence that says what to do.
public struct ValueProblem: Hashable, Sendable {
  /// The name: `empty`, `too_short`, `too_long`, `form`, `negative`.
  public let code: String
  /// An English sentence.
  public let message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}
