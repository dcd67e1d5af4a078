/// How a company is made out of a file.
public struct TenantImportDraft: Sendable {
  /// The file.
  public var path: String
  /// Its slug here; the file's without one.
  public var slug: String?
  /// The code of its plan here; the file's without one.
  public var plan: String?
  /// Whether the owner's new password comes on standard input.
  public var readsPasswordFromInput = false

  /// Under the file's own slug and plan.
  public init(path: String) {
    self.path = path
  }
}
