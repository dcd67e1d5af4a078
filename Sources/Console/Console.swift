internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// Runs commands and turns what goes wrong into words and exit statuses.
public enum Console {
  /// The console's version.
  public static let version = Release.version

  /// Runs a command to its end and never throws: what went wrong is on standard error.
  public static func run(
    _ command: any ConsoleCommand, in context: ConsoleContext
  ) async -> ExitStatus {
    do {
      try await command.run(in: context)
      try context.output.check()
      return .success
    } catch let failure as ConsoleFailure {
      return report(failure, of: command, in: context)
    } catch let error as ConnectionError {
      return report(.unreachable(error.message), of: command, in: context)
    } catch let error as RPCError {
      return report(.server(error), of: command, in: context)
    } catch let error as OutputError {
      return report(.incomplete("voronka: \(error)"), of: command, in: context)
    } catch {
      return report(.usage("\(error)"), of: command, in: context)
    }
  }

  private static func report(
    _ failure: ConsoleFailure, of command: any ConsoleCommand, in context: ConsoleContext
  ) -> ExitStatus {
    switch failure {
    case .server(let error):
      let isForPerson =
        context.terminal.hasErrors && !command.printsErrorsAsJSON
        && context.options.output != .json
      context.errors.line(isForPerson ? ErrorText.sentence(error) : ErrorText.json(error))
      return .serverError
    case .incomplete(let text):
      context.errors.line(TerminalText.block(text))
      return .serverError
    case .usage(let text):
      context.errors.line("voronka: " + TerminalText.block(text))
      return .usage
    case .unreachable(let text):
      context.errors.line("voronka: " + TerminalText.block(text))
      return .unreachable
    case .ended(let status):
      return status
    }
  }
}
