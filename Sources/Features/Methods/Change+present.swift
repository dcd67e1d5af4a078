internal import JSONRPC

extension Change {
  /// What stands after the update, given what stood before.
  func over(_ present: Value?) -> Value? {
    switch self {
    case .unchanged: present
    case .clear: nil
    case .set(let value): value
    }
  }
}
