internal import Foundation
internal import Glibc
internal import Synchronization

/// What a process writes, line by line, for those who wait for a word of it.
public final class Transcript: Sendable {
  private struct Wait {
    let phrase: String
    let occurrence: Int
    let continuation: CheckedContinuation<String?, Never>
  }

  private struct State {
    var text = ""
    var hasEnded = false
    var waiting: [Wait] = []
    var untilEnd: [CheckedContinuation<Void, Never>] = []

    /// The whole line in which the phrase stands for the n-th time.
    func line(with phrase: String, occurrence: Int) -> String? {
      guard text.contains(phrase), let end = text.lastIndex(of: "\n") else { return nil }
      let lines = text[..<end].split(separator: "\n").filter { $0.contains(phrase) }
      return lines.count >= occurrence ? String(lines[occurrence - 1]) : nil
    }
  }

  private let state = Mutex(State())

  /// Everything so far.
  public var text: String { state.withLock { $0.text } }

  /// Everything, once no more can come.
  public var whole: String {
    get async {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let isOver = state.withLock { state in
          if !state.hasEnded { state.untilEnd.append(continuation) }
          return state.hasEnded
        }
        if isOver { continuation.resume() }
      }
      return text
    }
  }

  /// The whole line in which the phrase stands for the n-th time, as soon as it is there; nil where the
  /// text ends without.
  public func line(with phrase: String, occurrence: Int = 1) async -> String? {
    await withCheckedContinuation { continuation in
      let known: String?? = state.withLock { state in
        if let line = state.line(with: phrase, occurrence: occurrence) { return line }
        if state.hasEnded { return .some(nil) }
        state.waiting.append(
          Wait(phrase: phrase, occurrence: occurrence, continuation: continuation))
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }

  /// Reads a descriptor until its end, on a thread of its own, and closes it.
  func read(_ descriptor: Int32) {
    Thread.detachNewThread {
      var chunk = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        self.append(String(decoding: chunk[..<count], as: UTF8.self))
      }
      close(descriptor)
      self.end()
    }
  }

  private func append(_ more: String) {
    let found = state.withLock { state in
      state.text += more
      var found: [(CheckedContinuation<String?, Never>, String)] = []
      var left: [Wait] = []
      for wait in state.waiting {
        if let line = state.line(with: wait.phrase, occurrence: wait.occurrence) {
          found.append((wait.continuation, line))
        } else {
          left.append(wait)
        }
      }
      state.waiting = left
      return found
    }
    for (continuation, line) in found { continuation.resume(returning: line) }
  }

  private func end() {
    let (waiting, untilEnd) = state.withLock { state in
      state.hasEnded = true
      defer { (state.waiting, state.untilEnd) = ([], []) }
      return (state.waiting, state.untilEnd)
    }
    for wait in waiting { wait.continuation.resume(returning: nil) }
    for continuation in untilEnd { continuation.resume() }
  }
}
