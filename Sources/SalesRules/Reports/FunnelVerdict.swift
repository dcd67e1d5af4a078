/// The shape of a pipeline's figures.
public enum FunnelVerdict: String, CaseIterable, Hashable, Sendable {
  /// It narrows from stage to stage, as S4 draws the right one.
  case funnel
  /// It grows somewhere, as S4 draws the wrong one: cards skip stages, go back, or begin halfway.
  case colander
  /// No card has been counted yet.
  case empty
}
