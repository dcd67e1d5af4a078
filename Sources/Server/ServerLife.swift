/// How far a server has come.
enum ServerLife {
  /// It has not been run; these wait to hear where it listens.
  case new([CheckedContinuation<[BoundAddress], any Error>])
  /// It runs and does not listen yet.
  case starting([CheckedContinuation<[BoundAddress], any Error>])
  /// It answers there.
  case listening([BoundAddress])
  /// It could not listen.
  case failed(any Error)
  /// It has ended.
  case stopped([BoundAddress])
}
