internal import Foundation
internal import Glibc

/// What the figures were reached on.
struct Machine: Sendable {
  let processor: String
  let cores: Int
  /// In GiB.
  let memory: Double
  let kernel: String
  let system: String

  /// This machine.
  init() {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    processor = Self.value(of: "model name", in: information, separator: ":") ?? "unknown"
    cores = ProcessInfo.processInfo.activeProcessorCount
    memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
    var names = utsname()
    uname(&names)
    kernel = withUnsafeBytes(of: &names.release) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let release = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    system =
      Self.value(of: "PRETTY_NAME", in: release, separator: "=")?
      .trimmingCharacters(in: ["\""]) ?? "Linux"
  }

  private static func value(
    of name: String, in text: String, separator: Character
  ) -> String? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: separator, maxSplits: 1).last
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}

extension Machine: CustomStringConvertible {
  var description: String {
    "\(processor), \(cores) cores, \(String(format: "%.1f", memory)) GiB, \(system), Linux \(kernel)"
  }
}
