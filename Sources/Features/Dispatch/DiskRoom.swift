/// The room on a disk, in bytes.
public struct DiskRoom: Sendable {
  /// What is free for programs that are not root's.
  public let free: Int64
  /// All of it.
  public let total: Int64

  /// Room as somebody has measured it.
  public init(free: Int64, total: Int64) {
    self.free = free
    self.total = total
  }
}
