internal import Synchronization

/// The registry's entry for one SQL text: made once, kept for the life of the process.
final class StatementDefinition: Sendable {
  /// Counts the process's statements from 0, so that a connection can keep their state in an array.
  let index: Int
  let text: String
  /// The text as libpq takes it.
  let terminatedText: [CChar]
  /// The server-side name in its first generation.
  let terminatedName: [CChar]
  /// Why a shared connection does not take it, if that shows in its text.
  let refusal: PostgresError?
  private let baseName: String

  private static let registry = Mutex<[String: StatementDefinition]>([:])

  private init(index: Int, text: String) {
    self.index = index
    self.text = text
    terminatedText = Array(text.utf8CString)
    baseName = Self.name(for: text)
    terminatedName = Array(baseName.utf8CString)
    refusal = Self.refusal(of: text)
  }

  /// The entry for a text, made if it is new.
  static func registered(_ text: String) -> StatementDefinition {
    precondition(!text.utf8.contains(0), "a statement's text ends at its first NUL")
    return registry.withLock { registry in
      if let known = registry[text] { return known }
      let definition = StatementDefinition(index: registry.count, text: text)
      registry[text] = definition
      return definition
    }
  }

  /// What would leave a transaction open or end it early, and so take the neighbours on the
  /// connection with it; and COPY, which the engine does not speak.
  private static let refused: Set<Substring> = [
    "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare",
    "copy",
  ]

  private static func refusal(of text: String) -> PostgresError? {
    let word = firstWord(of: text.lowercased())
    guard refused.contains(word) else { return nil }
    return PostgresError(
      .unsupported, message: "a shared connection takes no \(word.uppercased()); nothing was sent")
  }

  /// The first word behind space and comments.
  private static func firstWord(of text: String) -> Substring {
    var rest = text[...]
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == ";" }
      if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        rest = afterComment(rest)
      } else {
        return rest.prefix { $0.isLetter }
      }
    }
  }

  /// What follows a block comment, which may hold others.
  private static func afterComment(_ text: Substring) -> Substring {
    var rest = text.dropFirst(2)
    var depth = 1
    while depth > 0, !rest.isEmpty {
      if rest.hasPrefix("/*") {
        depth += 1
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("*/") {
        depth -= 1
        rest = rest.dropFirst(2)
      } else {
        rest = rest.dropFirst()
      }
    }
    return rest
  }

  /// Calls the body with the server-side name of one generation.
  ///
  /// A generation is never prepared twice on a connection, so no DEALLOCATE is needed when one is
  /// gone or stale.
  func withName<Result>(
    generation: Int, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    guard generation > 0 else {
      return terminatedName.withUnsafeBufferPointer { body($0.baseAddress) }
    }
    return "\(baseName)_\(generation)".withCString { body($0) }
  }

  /// The name follows from the text (FNV-1a, 64 bits, and the length), not from a counter: behind a
  /// pooler that shares sessions, one name must never mean two texts.
  private static func name(for text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return "v\(String(hash, radix: 36))_\(String(text.utf8.count, radix: 36))"
  }
}
