/// The keys of an installation's audit: the one that is written with, and earlier ones that rows still
/// carry.
public struct AuditKeys: Sendable {
  /// What new rows and seals are written with.
  public let current: AuditKey
  private let all: [String: AuditKey]

  /// Keys; earlier ones only verify.
  public init(_ current: AuditKey, earlier: [AuditKey] = []) {
    self.current = current
    all = Dictionary(
      (earlier + [current]).map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
  }

  /// One key for as long as the process lives: for tests and measurements.
  public static let ofThisProcess = AuditKeys(.random())

  /// The key of an id; nil where it is not at hand.
  subscript(id: String) -> AuditKey? { all[id] }
}
