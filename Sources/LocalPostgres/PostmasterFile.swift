internal import Foundation
internal import Glibc

/// What a postmaster tells about itself in `postmaster.pid`.
struct PostmasterFile: Sendable {
  let postmaster: pid_t
  /// Whether connections are taken: start-up and recovery are over.
  let isReady: Bool
  /// The folder of its Unix socket, once it is there.
  let socketFolder: String?

  init?(data: String) {
    guard let text = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
    else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first,
      let postmaster = pid_t(first.trimmingCharacters(in: .whitespaces))
    else { return nil }
    self.postmaster = postmaster
    socketFolder = lines.count > 4 && !lines[4].isEmpty ? String(lines[4]) : nil
    isReady = lines.count > 7 && lines[7].hasPrefix("ready")
  }
}
