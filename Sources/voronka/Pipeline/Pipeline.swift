internal import ArgumentParser

/// `voronka pipeline …`.
struct Pipeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with pipelines.",
    discussion: """
      voronka pipeline create Stairs --stage New --stage Measured
      voronka pipeline show Stairs
      voronka pipeline lint Stairs
      """,
    subcommands: [
      PipelineList.self, PipelineShow.self, PipelineCreate.self, PipelineTemplates.self,
      PipelineArchive.self, PipelineDelete.self, PipelineFreezeOrder.self, PipelineLint.self,
    ])
}
