internal import ArgumentParser
internal import Console

/// `voronka plan create CODE`.
struct PlanCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a plan.",
    discussion: """
      voronka plan create start --name Start --limit deal_pipelines=2 --limit users=10
      """)

  @Argument(help: "The plan's code.")
  var code: String

  @Option(help: "What it is called.")
  var name: String

  @Option(name: .customLong("limit"), help: "A limit: users=10, or users=none; may be repeated.")
  var limits: [String] = []

  @Option(help: "A feature that it has, repeatable; all where none is named.")
  var feature: [String] = []

  @Option(
    name: .customLong("keep"),
    help: "How long things are kept: history_days=365, audit_days=none; may be repeated.")
  var retention: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = PlanDraft(code: code)
    draft.name = name
    draft.limits = limits
    draft.features = feature.isEmpty ? nil : feature
    draft.retention = retention
    return PlanCommand(.create(draft))
  }
}
