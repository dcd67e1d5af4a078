internal import Glibc
internal import Synchronization

/// The folders of servers that may still run when the tests end: the servers are stopped then, their
/// PostgreSQL with them, and the folders removed.
enum LeftBehind {
  private struct Entry: Sendable {
    weak let server: SpawnedProgram?
    let path: String
  }

  private static let entries = Mutex<[Entry]>([])

  static func add(_ server: SpawnedProgram, folder: ServerFolder) {
    let isFirst = entries.withLock { entries in
      entries.append(Entry(server: server, path: folder.path))
      return entries.count == 1
    }
    if isFirst { atexit { LeftBehind.end() } }
  }

  private static func end() {
    let left = entries.withLock { $0 }.filter { access($0.path, F_OK) == 0 }
    for entry in left { entry.server?.signal(SIGTERM) }
    for entry in left { ServerFolder.remove(entry.path) }
  }
}
