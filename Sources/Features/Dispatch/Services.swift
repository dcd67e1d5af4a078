internal import JSONRPC
internal import Logging
internal import Postgres
internal import SalesRules

/// What the methods work with.
final class Services: Sendable {
  let reads: Pool
  let writes: Pool
  let reports: Pool
  let clock: WallClock
  let configuration: FeaturesConfiguration
  let directory: Directory
  let identities: Identities
  let passwords: PasswordHasher
  /// The companies that are being written into files.
  let exports = TenantExports()
  /// What is to be indexed.
  let search = SearchBacklog()
  let requestRates: RequestRates
  let places: DatabasePlaces
  let tokenUses: TokenUses
  let audit: AuditLedger
  let eventLedger = EventLedger()
  let sequencer: EventSequencer
  let events: EventFeed
  let retention = RetentionRounds()
  /// Log-ins to one account take turns.
  let logins = Turns()
  /// Cards that take turns among the same people wait for each other here, where waiting costs little, from the
  /// choice until that is written.
  let rotations = Turns(mostWaiting: 10_000)

  init(pools: DatabasePools, clock: WallClock, configuration: FeaturesConfiguration) {
    reads = pools.reads
    writes = pools.writes
    reports = pools.reports
    self.clock = clock
    self.configuration = configuration
    directory = Directory(pool: pools.reads)
    identities = Identities(pool: pools.writes)
    requestRates = RequestRates(refusalPause: configuration.refusalPause)
    places = DatabasePlaces(
      perCompany: configuration.transactionsPerCompany, reports: configuration.reportsPerCompany)
    passwords = PasswordHasher(cost: configuration.passwordCost)
    tokenUses = TokenUses(pool: pools.writes)
    audit = AuditLedger(keys: configuration.auditKeys)
    sequencer = EventSequencer(reads: pools.reads, writes: pools.writes)
    events = EventFeed(sequencer, clock: clock, interval: configuration.eventInterval)
  }
}
