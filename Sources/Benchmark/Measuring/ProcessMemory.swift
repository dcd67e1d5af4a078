internal import Foundation
internal import Glibc

/// What the system tells of a process's memory, in KiB.
struct ProcessMemory: Sendable {
  /// What it holds now.
  let resident: Int
  /// The most it has held.
  let peak: Int

  /// Reads it; nil where there is no such process.
  init?(of process: pid_t) {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    else { return nil }
    var values: [Substring: Int] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("Vm") {
      let words = line.split(whereSeparator: { $0 == ":" || $0.isWhitespace })
      if words.count > 1 { values[words[0]] = Int(words[1]) }
    }
    guard let resident = values["VmRSS"], let peak = values["VmHWM"] else { return nil }
    self.resident = resident
    self.peak = peak
  }
}
