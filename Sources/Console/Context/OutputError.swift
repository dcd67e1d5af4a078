/// The output could not be written, for example because a disk is full.
public struct OutputError: Error, CustomStringConvertible {
  /// What the operating system said.
  let reason: String

  /// An English sentence for people.
  public var description: String { "the output could not be written whole: \(reason)" }
}
