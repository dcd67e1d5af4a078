/// What a report counted at one open stage.
public struct FunnelStageCount: Hashable, Sendable {
  /// The stage's id within its company.
  public var stage: Int64
  /// Cards that were in this stage.
  public var entered: Int
  /// Cards that were in it or in any later open stage, or were won; of a way out, those that were in it. By that
  /// definition it never grows from stage to stage; what does grow in a pipeline that is not one shows in
  /// ``entered``.
  public var reached: Int
  /// Cards lost while in it.
  public var lost: Int
  /// Cards that are in it now.
  public var open: Int
  /// Whether it is a way out, besides which there may be others: cards go through one of them.
  public var isExit: Bool

  /// Makes a count from its parts.
  public init(
    stage: Int64, entered: Int, reached: Int, lost: Int = 0, open: Int = 0, isExit: Bool = false
  ) {
    self.stage = stage
    self.entered = entered
    self.reached = reached
    self.lost = lost
    self.open = open
    self.isExit = isExit
  }
}
