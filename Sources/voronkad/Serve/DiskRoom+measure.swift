internal import Features
internal import Glibc

extension DiskRoom {
  /// The room on the disk where the folder is; nil where it can't be told.
  init?(under folder: String) {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return nil }
    let block = Int64(status.f_frsize)
    self.init(free: Int64(status.f_bavail) * block, total: Int64(status.f_blocks) * block)
  }
}
