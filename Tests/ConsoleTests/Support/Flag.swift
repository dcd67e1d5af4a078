import Synchronization

/// Something that happens once.
final class Flag: Sendable {
  private let value = Atomic(false)

  var isSet: Bool { value.load(ordering: .acquiring) }

  func set() { value.store(true, ordering: .releasing) }

  /// Sets it; whether this was the first time.
  func setFirst() -> Bool { !value.exchange(true, ordering: .acquiringAndReleasing) }
}
