internal import ArgumentParser

/// `voronka pipeline …`.
struct Pipeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with pipelines.",
    subcommands: [
      PipelineList.self, PipelineShow.self, PipelineCreate.self, PipelineTemplates.self,
      PipelineArchive.self, PipelineFreezeOrder.self, PipelineLint.self,
    ])
}
