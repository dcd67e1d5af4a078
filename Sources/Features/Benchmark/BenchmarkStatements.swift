public import Postgres

/// The statements of the methods that `voronkad bench` measures, so that its reference runs these very
/// texts and no copies of them.
public enum BenchmarkStatements {
  /// Opens the door for an owner or admin: `$1` tenant, `$2` version, `$3` user.
  public static let everything = ContextStatements.everything

  /// Opens the door for an owner or admin who writes: then `$4` whether alone.
  public static let everythingToWrite = ContextStatements.everythingToWrite

  /// Opens the door for a member who reads: then `$4` pipelines, `$5` how many sets of people,
  /// `$6` and `$7` what may be viewed.
  public static let memberRead = ContextStatements.memberRead

  /// Opens the door for a member who writes: then `$8` and `$9` pipelines to configure and to create in,
  /// `$10` and `$11` where the action is held, `$12` the cards that are written, `$13` whether
  /// alone.
  public static let memberWrite = ContextStatements.memberWrite

  /// A member's compiled rights: `$1` tenant, `$2` user.
  public static let rights = CompanyStatements.rights

  /// The highest number of a person: `$1` tenant.
  public static let lastPerson = CompanyStatements.lastPerson

  /// `deal.get`: `$1` tenant, `$2` id, `$3` kind.
  public static let get = CardStatements.getWithNext

  /// `deal.board`, how many cards stand where: `$1` tenant, `$2` pipeline.
  public static let boardCounts = BoardStatements.counts

  /// `deal.board`, the cards: `$1` tenant, `$2` stages, `$3` how many of each.
  public static let boardCards = BoardStatements.cards

  /// What a step reads first: `$1` tenant, `$2` id, `$3` kind.
  public static let getForStep = CardStatements.getForStep(
    asksContact: false, asksInvoice: false)

  /// What a step writes; see `CardPlaceStatements`.
  public static let step = CardPlaceStatements.measured.step

  /// What a creation writes; see `CardPlaceStatements`.
  public static let insert = CardPlaceStatements.measured.insert

  /// The notes that a lead takes along: `$1` tenant, `$2` lead.
  public static let notes = CardSuccessionStatements.notes

  /// The activities that it takes along: `$1` tenant, `$2` lead, `$3` deal.
  public static let carry = ActivityStatements.carry

  /// What both cards then tell of what is planned: `$1` tenant, `$2` cards.
  public static let settle = ActivityStatements.settle

  /// What every change adds to its transaction; see `AuditStatements.insert`.
  public static let audit = AuditStatements.insert

  /// The same for the feed; see `EventStatements.insert`.
  public static let event = EventStatements.insert

  /// `deal.list` of one pipeline, the first page: `$1` tenant, `$2` kind, `$3` limit, `$5` pipeline; the
  /// others, up to `$16`, are null.
  public static let listOfPipeline: Statement = {
    var filter = CardFilter()
    filter.pipeline = 0
    return CardListStatements.list(filter)
  }()
}
