/// What a workplace waits for.
enum WorkSignal: Sendable {
  case key(Key)
  /// Something happened to a card of the pipeline.
  case changed
  /// There will be no more keys.
  case ended
}
