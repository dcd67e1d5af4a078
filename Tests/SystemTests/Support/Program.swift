internal import Foundation
internal import TestSupport

/// A program run to its end.
struct Program: Sendable {
  let status: SpawnedProgram.Ending
  let output: String
  let errors: String

  /// Runs one of the project's programs, or another by its path.
  static func run(
    _ name: String, _ arguments: [String], environment: [String: String] = [:],
    folder: String = "/"
  ) async throws -> Program {
    let path = name.hasPrefix("/") ? name : RunningServer.program(name).path
    let program = try await SpawnedProgram.start(
      path, arguments, environment: environment, folder: folder)
    return Program(
      status: await program.ending, output: await program.output.whole,
      errors: await program.errors.whole)
  }
}
