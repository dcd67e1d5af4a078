/// A password that is being set: from standard input, the environment, or asked for twice.
enum NewPassword {
  static func read(
    _ prompt: String, readsInput: Bool, context: ConsoleContext
  ) throws -> String {
    if readsInput {
      guard let line = context.input.readLine(), !line.isEmpty else {
        throw ConsoleFailure.usage("No password came on standard input.")
      }
      return line
    }
    if let password = context.environment["VORONKA_NEW_PASSWORD"], !password.isEmpty {
      return password
    }
    let alternative = "use --password-stdin or VORONKA_NEW_PASSWORD."
    let first = try context.secret(prompt, alternative: alternative)
    let second = try context.secret("The same again", alternative: alternative)
    guard first == second else { throw ConsoleFailure.usage("The two passwords differ.") }
    return first
  }
}
