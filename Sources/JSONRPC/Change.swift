/// What an update says of one member.
public enum Change<Value: Sendable>: Sendable {
  /// It was absent: leave it as it is.
  case unchanged
  /// It was `null`: clear it.
  case clear
  /// It has a new value.
  case set(Value)

  /// Whether the update says anything.
  public var isChange: Bool {
    if case .unchanged = self { return false }
    return true
  }

  /// The new value, if there is one.
  public var value: Value? {
    guard case .set(let value) = self else { return nil }
    return value
  }
}

extension Change: Equatable where Value: Equatable {}
