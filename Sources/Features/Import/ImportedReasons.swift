internal import SalesRules

/// The company's reasons by name, and those that an import adds to them.
///
/// A reason that is no longer in use is taken all the same: old deals were closed for old reasons.
struct ImportedReasons {
  /// A reason of the company, or one to be made.
  enum Choice {
    case known(Int64, ReasonKind)
    /// Its place among those made, from 0.
    case made(Int, ReasonKind)

    var kind: ReasonKind {
      switch self {
      case .known(_, let kind), .made(_, let kind): kind
      }
    }
  }

  private struct Key: Hashable {
    let kind: ReasonKind
    let name: String
  }

  private var choices: [Key: Choice] = [:]
  private(set) var made: [(kind: ReasonKind, name: String)] = []

  init(_ company: Company) {
    for reason in company.reasons {
      choices[Key(kind: reason.kind, name: ListName.key(reason.name))] =
        .known(reason.id, reason.kind)
    }
  }

  /// The reason of that name, made where it is missing.
  mutating func take(_ name: String, _ kind: ReasonKind) -> Choice {
    let key = Key(kind: kind, name: ListName.key(name))
    if let known = choices[key] { return known }
    let choice = Choice.made(made.count, kind)
    made.append((kind, ListName.trimmed(name)))
    choices[key] = choice
    return choice
  }

  /// For a lost card: one of the company's reasons for invalid cards where it is called so, else one for
  /// losses.
  mutating func takeLoss(_ name: String) -> Choice {
    let folded = ListName.key(name)
    if choices[Key(kind: .loss, name: folded)] == nil,
      let invalid = choices[Key(kind: .invalid, name: folded)]
    {
      return invalid
    }
    return take(name, .loss)
  }
}
