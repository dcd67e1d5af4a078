internal import Foundation
internal import Glibc
internal import Logging

/// Processes of an earlier PostgreSQL that still work on a data folder: a postmaster whose server
/// was killed and that is on its way out, or backends whose postmaster was killed.
///
/// PostgreSQL's processes stand in their data folder, so the kernel tells them apart from strangers
/// who were given the same process id since.
struct Remnants: Sendable {
  let data: String
  let logger: Logger

  /// The postmaster that wrote the folder's pid file, if it is alive.
  var postmaster: pid_t? {
    guard let file = PostmasterFile(data: data), isOurs(file.postmaster) else { return nil }
    return file.postmaster
  }

  /// Ends a postmaster that nobody owns any more, and waits until nothing works on the folder.
  func clear(within limit: Duration) async throws {
    if let orphan = postmaster {
      logger.warning(
        "an earlier PostgreSQL still runs; stopping it", metadata: ["process": "\(orphan)"])
      kill(orphan, SIGINT)
      if try await !waitUntil(within: limit / 2, { !isOurs(orphan) }) { kill(orphan, SIGQUIT) }
    }
    guard try await waitUntil(within: limit, { processes.isEmpty }) else {
      throw LocalPostgresError(
        .timedOut,
        "processes \(processes.map(String.init).joined(separator: ", ")) of an earlier PostgreSQL "
          + "still work on \(data): end them and start again")
    }
  }

  private var processes: [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter(isOurs)
  }

  private func isOurs(_ process: pid_t) -> Bool {
    // A zombie has no working folder any more, which is right: it holds nothing.
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd"))
      == URL(fileURLWithPath: data).resolvingSymlinksInPath().path
  }

  private func waitUntil(within limit: Duration, _ condition: () -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + limit
    while !condition() {
      guard ContinuousClock.now < deadline else { return false }
      try await Task.sleep(for: .milliseconds(20))
    }
    return true
  }
}
