internal import Foundation

extension ClusterFolder {
  /// A Unix socket's address holds 107 bytes and the end of the string.
  private static let longestSocketPath = 107
  /// Any number does: the socket's name carries it, no port is opened.
  static let port = 5432

  /// Makes the folder of the socket: beside the data where the path is short enough, else a folder
  /// under a short one, named after the path, so that a later start finds what an orphan holds.
  func makeSocketFolder() throws -> String {
    let folder = Self.fits("\(own)/run") ? "\(own)/run" : "/tmp/voronka-\(Self.hash(own))"
    // Checks the owner too: whoever made it first under /tmp must not get our connections.
    try makeOwn(folder)
    return folder
  }

  static func fits(_ folder: String) -> Bool {
    "\(folder)/.s.PGSQL.\(port)".utf8.count <= longestSocketPath
  }

  /// FNV-1a: the same for the same path in every process, unlike `Hasher`.
  private static func hash(_ path: String) -> String {
    let value = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(value, radix: 36)
  }
}
