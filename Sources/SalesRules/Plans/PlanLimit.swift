/// What a plan limits (S0: "deals have several pipelines, limited by the tariff").
public enum PlanLimit: String, CaseIterable, Hashable, Sendable {
  /// Deal pipelines that are not archived. Leads have exactly one pipeline in every plan.
  case dealPipelines = "deal_pipelines"
  /// Stages in one pipeline, the closing ones among them.
  case stagesPerPipeline = "stages_per_pipeline"
  /// Active users.
  case users
  /// The company's own fields.
  case customFields = "custom_fields"
  /// Robots that are switched on.
  case robots
  /// Requests a second, over all connections of the company.
  case requestsPerSecond = "requests_per_second"
}
