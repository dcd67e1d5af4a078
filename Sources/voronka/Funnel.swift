internal import ArgumentParser
internal import Console

/// `voronka funnel [PIPELINE]`.
struct Funnel: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how far cards came: conversion, losses and stay by stage.")

  @Argument(help: "A pipeline by id or name; not needed where there is only one.")
  var pipeline: String?

  @Option(help: "Cards created on this day or later: YYYY-MM-DD.")
  var from: String?

  @Option(help: "Cards created before this day: YYYY-MM-DD.")
  var to: String?

  @Option(help: "As things stood at the end of this day: YYYY-MM-DD.")
  var asOf: String?

  @Option(help: "Cards of a team, by id or name.")
  var team: String?

  @Option(help: "Cards of one person, by id, e-mail or name.")
  var responsible: String?

  @Option(help: "Cards from one source.")
  var source: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var filter = FunnelCommand.Filter()
    filter.from = from
    filter.to = to
    filter.asOf = asOf
    filter.team = team
    filter.responsible = responsible
    filter.source = source
    return FunnelCommand(pipeline: pipeline, filter: filter)
  }
}
