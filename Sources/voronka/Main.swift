internal import ArgumentParser
internal import Console
internal import Glibc

/// The console's entry: parses arguments, runs the command, ends with its status.
@main
enum Main {
  static func main() async {
    // A pipe whose reader left is noticed by the write that fails, not by being killed.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Voronka.parseAsRoot()
      if let command = command as? any ConsoleSubcommand {
        exit(await command.perform().rawValue)
      }
      try command.run()
    } catch {
      exit(report(error).rawValue)
    }
  }

  /// Says what is wrong with the arguments or, where that was asked for, how they should be.
  static func report(_ error: any Error) -> ExitStatus {
    let isRequestForHelp = Voronka.exitCode(for: error) == .success
    let text = Voronka.fullMessage(for: error)
    guard isRequestForHelp else {
      TextSink.standardError.line(text)
      return .usage
    }
    return print(text)
  }

  private static func print(_ text: String) -> ExitStatus {
    TextSink.standardOutput.line(text)
    do {
      try TextSink.standardOutput.check()
      return .success
    } catch {
      TextSink.standardError.line("voronka: \(error)")
      return .serverError
    }
  }
}
