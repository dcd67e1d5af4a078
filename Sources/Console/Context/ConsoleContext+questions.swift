extension ConsoleContext {
  /// Asks before something that can't be taken back; throws unless the answer is yes.
  ///
  /// Where nobody can answer it refuses at once instead of waiting.
  func confirm(_ question: String) throws {
    if options.assumesYes { return }
    guard terminal.hasInput else {
      throw ConsoleFailure.usage(
        "\(question) There is no terminal to ask on: repeat the command with --yes to say so.")
    }
    errors.write(TerminalText.block(question) + " [y/N] ")
    let answer = input.readLine()?.lowercased() ?? ""
    guard ["y", "yes", "д", "да"].contains(answer.trimmingSpaces()) else {
      throw ConsoleFailure.usage("Nothing was done.")
    }
  }

  /// Asks for a secret without showing it; `alternative` says how else it can be given.
  func secret(_ prompt: String, alternative: String) throws -> String {
    guard terminal.hasInput else {
      throw ConsoleFailure.usage("There is no terminal to ask for the \(prompt) on: \(alternative)")
    }
    errors.write("\(prompt): ")
    let answer = input.readSecret()
    errors.write("\n")
    guard let answer, !answer.isEmpty else {
      throw ConsoleFailure.usage("No \(prompt) was given.")
    }
    return answer
  }
}

extension StringProtocol {
  /// Without white space at either end.
  func trimmingSpaces() -> String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
