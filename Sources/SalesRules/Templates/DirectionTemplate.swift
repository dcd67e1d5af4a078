/// A direction of selling that a company template makes: a deal pipeline with its own senior team (S1).
public struct DirectionTemplate: Hashable, Sendable {
  /// Its name for programs: transfer stages and grants name it.
  public let code: String
  /// The name of its pipeline.
  public let name: LocalizedText
  /// What its pipeline is made from.
  public let pipeline: PipelineTemplate

  init(_ code: String, _ name: LocalizedText, _ pipeline: PipelineTemplate) {
    self.code = code
    self.name = name
    self.pipeline = pipeline
  }
}
