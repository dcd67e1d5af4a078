/// Why the work at a workplace ends.
enum WorkEnd: Error {
  /// The person wants no more. What a step that was being repeated has come to may not be known.
  case left(isStepOpen: Bool)
  /// A signal.
  case signal(Int32)
}
