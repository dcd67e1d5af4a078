import Foundation
import JSON
import Synchronization

@testable import Console

/// Runs commands with prepared input and keeps what they print.
final class TestConsole: Sendable {
  private let printed = Mutex("")
  private let said = Mutex("")
  private let answers: Mutex<[String]>
  let home: String

  init(answers: [String] = []) {
    self.answers = Mutex(answers)
    home = NSTemporaryDirectory() + "/voronka-console-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: home)
  }

  var output: String { printed.withLock { $0 } }
  var errors: String { said.withLock { $0 } }

  func context(
    server: String? = nil, terminal: Terminal = .absent, environment: [String: String] = [:],
    change: (inout ConsoleOptions) -> Void = { _ in }
  ) -> ConsoleContext {
    var options = ConsoleOptions()
    options.server = server
    change(&options)
    var variables = ["XDG_CONFIG_HOME": home]
    variables.merge(environment) { $1 }
    return ConsoleContext(
      options: options, environment: variables, terminal: terminal,
      input: ConsoleInput(
        readLine: { self.nextAnswer() }, readSecret: { self.nextAnswer() },
        readAll: { self.nextAnswer() ?? "" }),
      output: TextSink { text in self.printed.withLock { $0 += text } },
      errors: TextSink { text in self.said.withLock { $0 += text } })
  }

  private func nextAnswer() -> String? {
    answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

extension Terminal {
  static let absent = Terminal(hasInput: false, hasOutput: false, hasErrors: false, width: nil)
  static let present = Terminal(hasInput: true, hasOutput: true, hasErrors: true, width: 80)
}

/// A folder of files that goes away with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = NSTemporaryDirectory() + "/voronka-files-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { path + "/" + name }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file(name))), as: UTF8.self)
  }
}
