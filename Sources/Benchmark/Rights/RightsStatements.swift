internal import Postgres

/// What is measured of rights.
enum RightsStatements {
  /// Whether the company is there.
  static let isFilled = Statement(
    """
    select to_regclass('unbound.card') is not null
    """)

  /// How many microseconds a read takes within the database, of `$1` reads that each set their context:
  /// `$2` how many sets of people, `$3` and `$4` what may be viewed; null for the tenant alone.
  static let reads = Statement(
    """
    select benchmark.reads($1::integer, $2::text, $3::text, $4::text)
    """)

  /// The context of a read: `$1` how many sets of people, `$2` and `$3` what may be viewed.
  static let context = Statement(
    """
    select set_config('voronka.tenant_id', '1', true),
      set_config('voronka.sets', $1::text, true),
      set_config('voronka.view_places', $2::text, true),
      set_config('voronka.view_people', $3::text, true)
    """)

  /// The same of the tenant alone.
  static let tenant = Statement(
    """
    select set_config('voronka.tenant_id', '1', true)
    """)

  /// An aggregate over all deals.
  static let aggregate = Statement(
    """
    select count(*), sum(amount)
    from card
    where tenant_id = 1
    """)
}
