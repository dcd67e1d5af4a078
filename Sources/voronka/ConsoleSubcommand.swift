internal import ArgumentParser
internal import Console
internal import Foundation

/// A subcommand: arguments in, a command of the console out.
protocol ConsoleSubcommand: ParsableCommand {
  var common: CommonOptions { get }

  /// The command that the arguments stand for.
  func command() throws -> any ConsoleCommand
}

extension ConsoleSubcommand {
  /// Runs the command in the process's own context.
  func perform() async -> ExitStatus {
    let environment = ProcessInfo.processInfo.environment
    let context = ConsoleContext(
      options: common.options, environment: environment,
      terminal: .current(environment: environment))
    do {
      return await Console.run(try command(), in: context)
    } catch {
      return Main.report(error)
    }
  }
}
