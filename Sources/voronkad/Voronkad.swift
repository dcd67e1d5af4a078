internal import ArgumentParser
internal import VoronkaClient

/// The server program.
@main
struct Voronkad: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voronkad",
    abstract: "Voronka's server: sales pipelines of many companies over PostgreSQL.",
    version: BuildVersion.text,
    subcommands: [
      Serve.self, Migrate.self, OperatorToken.self, Backup.self, Restore.self, DemoCompany.self,
      Bench.self,
    ])
}

/// The version of this program.
enum BuildVersion {
  static let text = Release.version
}
