/// How a stage is named (S4): by what goes on, or by what has happened.
///
/// S4: both work, mixing them in one pipeline makes its figures mean nothing.
public enum StageStyle: String, CaseIterable, Hashable, Sendable {
  /// A state: "waiting for the contract".
  case process
  /// A fact: "contract signed".
  case conversion
}
