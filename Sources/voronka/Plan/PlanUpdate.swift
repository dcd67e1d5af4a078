internal import ArgumentParser
internal import Console

/// `voronka plan update CODE`.
struct PlanUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Change a plan for every company on it; asks first where any would notice.",
    discussion: """
      voronka plan update start --limit deal_pipelines=3 --dry-run
      voronka plan update start --limit users=none --keep history_days=730
      """)

  @Argument(help: "The plan's code.")
  var code: String

  @Option(help: "Another name.")
  var name: String?

  @Option(name: .customLong("limit"), help: "A limit: users=10, or users=none; may be repeated.")
  var limits: [String] = []

  @Option(help: "A feature that it has from now on, repeatable; others go where any is named.")
  var feature: [String] = []

  @Option(
    name: .customLong("keep"),
    help: "How long things are kept: history_days=365, audit_days=none; may be repeated.")
  var retention: [String] = []

  @Flag(help: "Only tell what each company would notice.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    var draft = PlanDraft(code: code)
    draft.name = name
    draft.limits = limits
    draft.features = feature.isEmpty ? nil : feature
    draft.retention = retention
    return PlanCommand(.update(draft, dryRun: dryRun))
  }
}
