internal import SalesRules

/// The bytes that a MAC is made over: every value with its length before it, so that no two lists of
/// values have the same bytes.
struct AuditEncoding {
  private(set) var bytes: [UInt8] = []

  /// Begins with what the MAC is for, so that one kind never passes for another.
  init(_ purpose: StaticString) {
    bytes.reserveCapacity(512)
    add(Array(purpose.description.utf8))
  }

  mutating func add(_ value: [UInt8]?) {
    guard let value else { return bytes.append(0) }
    bytes.append(1)
    let count = UInt32(value.count)
    for shift in [24, 16, 8, 0] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: count >> shift))
    }
    bytes.append(contentsOf: value)
  }

  mutating func add(_ value: String?) {
    add(value.map { Array($0.utf8) })
  }

  mutating func add(_ value: Int64?) {
    add(
      value.map { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * Int64($0))) }
      })
  }

  mutating func add(_ value: Timestamp?) {
    add(value?.microsecondsSince1970)
  }
}
