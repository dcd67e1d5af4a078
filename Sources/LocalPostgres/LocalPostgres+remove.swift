internal import Foundation
internal import Logging

extension LocalPostgres {
  /// Removes a folder with a cluster whose process was killed, as soon as nothing works in it any more.
  ///
  /// - Throws: `LocalPostgresError` where another process has it.
  package static func remove(_ folder: String) async throws {
    let lock = try FolderLock(path: "\(folder)/postgres.lock")
    let remnants = Remnants(
      data: "\(folder)/postgres/data", logger: Logger(label: "voronka.postgres"))
    try await remnants.clear(within: .seconds(60))
    try FileManager.default.removeItem(atPath: folder)
    lock.release()
  }
}
