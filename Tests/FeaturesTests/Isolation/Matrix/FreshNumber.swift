internal import Synchronization

/// Tells names of one test from each other.
enum FreshNumber {
  private static let last = Atomic<Int>(0)

  static func next() -> Int {
    last.add(1, ordering: .relaxed).newValue
  }
}
