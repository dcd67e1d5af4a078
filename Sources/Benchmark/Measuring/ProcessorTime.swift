internal import Foundation
internal import Glibc

/// Processor time that was spent, in seconds.
struct ProcessorTime: Sendable {
  /// By the server's process.
  var server: Double
  /// By the processes of its PostgreSQL.
  var database: Double

  static func - (one: ProcessorTime, other: ProcessorTime) -> ProcessorTime {
    ProcessorTime(server: one.server - other.server, database: one.database - other.database)
  }
}

extension ProcessorTime {
  /// What a server process and the PostgreSQL below it have spent so far.
  static func spent(by server: pid_t) -> ProcessorTime {
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    var spent = ProcessorTime(server: 0, database: 0)
    let processes = running()
    let postmasters = Set(processes.filter { $0.parent == server }.map(\.id))
    for process in processes {
      if process.id == server { spent.server += Double(process.ownTicks) / ticks }
      if postmasters.contains(process.id) {
        // Sessions that have ended count here.
        spent.database += Double(process.ownTicks + process.endedChildrenTicks) / ticks
      }
      if postmasters.contains(process.parent) { spent.database += Double(process.ownTicks) / ticks }
    }
    return spent
  }

  private struct Process {
    let id: pid_t
    let parent: pid_t
    let ownTicks: Int
    let endedChildrenTicks: Int
  }

  private static func running() -> [Process] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { name in
      guard let id = pid_t(name),
        let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
        // The name of the program stands in brackets and may hold anything.
        let end = text.lastIndex(of: ")")
      else { return nil }
      let fields = text[text.index(after: end)...].split(separator: " ")
      guard fields.count > 14, let parent = pid_t(fields[1]) else { return nil }
      let ticks = fields[11...14].map { Int($0) ?? 0 }
      return Process(
        id: id, parent: parent, ownTicks: ticks[0] + ticks[1],
        endedChildrenTicks: ticks[2] + ticks[3])
    }
  }
}
