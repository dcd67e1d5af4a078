internal import ArgumentParser

/// `voronka import …`; with a folder alone it imports it.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring CSV files of companies, people, products and deals into your company.",
    usage: "voronka import FOLDER [OPTIONS]",
    subcommands: [ImportRun.self, ImportStatus.self, ImportUndo.self],
    defaultSubcommand: ImportRun.self)
}
