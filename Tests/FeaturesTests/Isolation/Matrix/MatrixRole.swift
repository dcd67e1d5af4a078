/// Who asks, in the matrix of everything by everybody.
enum MatrixRole: String, CaseIterable, Sendable {
  case owner, admin
  /// The lead of the team, who views and works on its cards of the pipeline.
  case lead
  /// A senior of the team, who views its cards and works on their own.
  case senior
  /// The first line, who works on leads and hands them over into a pipeline that they do not see.
  case firstLine
  /// Somebody from outside, who views the lost deals of the pipeline.
  case contractor
  /// The senior by a token of their own, and by a token of a service.
  case personalToken, serviceToken
  /// The operator of the installation.
  case `operator`

  /// Whether every right is held.
  var holdsEverything: Bool { self == .owner || self == .admin }

  /// The senior, however they come.
  var isSenior: Bool { [.senior, .personalToken, .serviceToken].contains(self) }
}

/// Whose the named thing is.
enum Ownership: String, CaseIterable, Sendable {
  case own, colleagues, otherTeams, otherTenants, deleted, never

  /// Whether there is such a thing in the asker's company.
  var isHere: Bool { [.own, .colleagues, .otherTeams].contains(self) }

  /// Whether it is on the pipeline that the asker's team has to do with.
  var isNear: Bool { self == .own || self == .colleagues }
}

/// What is to come of a call.
enum Verdict: Equatable, Sendable {
  /// It is done.
  case allowed
  /// It is seen and may not be done: the right that it needs.
  case forbidden(String)
  /// It is refused, byte for byte as for what never was.
  case absent
  /// It is refused whatever is named, in the same bytes: the right that it needs.
  case shut(String)
  /// It is seen, and refused for a reason that has nothing to do with who asks.
  case refused
  /// A list with something in it.
  case shown
  /// A list with nothing in it, though what it is about is known.
  case empty
  /// A list or a refusal, byte for byte as for what never was.
  case hidden

  var isShut: Bool {
    if case .shut = self { true } else { false }
  }
}

/// What is to come of one case of a method for each role and ownership.
typealias Rule = @Sendable (MatrixRole, Ownership) -> Verdict
