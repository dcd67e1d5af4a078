internal import Postgres
internal import SalesRules

/// The statements that open the door to the tables for one transaction: they set whose rows it sees
/// and, for a company, prove that the rights it carries are the present ones.
///
/// `stale_context()` raises where they are not; then the statements behind it are skipped and nothing
/// is left behind. See sql/migrations/0001_tenancy.sql for the settings.
enum ContextStatements {
  /// Owner and admin: `$1` tenant, `$2` its version, `$3` user.
  static let everything = Statement(
    """
    select
      case
        when (select v.version from tenant_version v where v.tenant_id = $1::bigint) = $2::bigint
        then set_config('voronka.tenant_id', $1::text, true)
        else stale_context()
      end,
      set_config('voronka.user_id', $3::text, true),
      set_config('voronka.everything', 'on', true)
    """)

  /// A member who reads: `$1` tenant, `$2` version, `$3` user, `$4` pipelines, `$5` how many sets of
  /// people there are, `$6` and `$7` what may be viewed.
  static let memberRead = Statement(
    """
    select
      case
        when (select v.version from tenant_version v where v.tenant_id = $1::bigint) = $2::bigint
        then set_config('voronka.tenant_id', $1::text, true)
        else stale_context()
      end,
      set_config('voronka.user_id', $3::text, true),
      set_config('voronka.pipelines', $4::text, true),
      set_config('voronka.sets', $5::text, true),
      set_config('voronka.view_places', $6::text, true),
      set_config('voronka.view_people', $7::text, true)
    """)

  /// Owner and admin who write: as for reading, then `$4` whether the version is held alone. It is held until the
  /// transaction ends; see `hold_version` in sql/migrations/0028_card_writes.sql.
  static let everythingToWrite = Statement(
    """
    select
      set_config('voronka.tenant_id', hold_version($1::bigint, $2::bigint, $4::boolean), true),
      set_config('voronka.user_id', $3::text, true),
      set_config('voronka.everything', 'on', true)
    """)

  /// A member who writes: as for reading, then `$8` pipelines to configure, `$9` pipelines to create in,
  /// `$10` and `$11` the cards on which the method's action is held, `$12` the cards that are written, `$13`
  /// whether the version is held alone.
  static let memberWrite = Statement(
    """
    select
      set_config('voronka.tenant_id', hold_version($1::bigint, $2::bigint, $13::boolean), true),
      set_config('voronka.user_id', $3::text, true),
      set_config('voronka.pipelines', $4::text, true),
      set_config('voronka.sets', $5::text, true),
      set_config('voronka.view_places', $6::text, true),
      set_config('voronka.view_people', $7::text, true),
      set_config('voronka.configure', $8::text, true),
      set_config('voronka.create_in', $9::text, true),
      set_config('voronka.act_places', $10::text, true),
      set_config('voronka.act_people', $11::text, true),
      set_config('voronka.written', $12::text, true)
    """)

  /// Behind a member's door, what they may write as a lead: `$1` the teams led, `$2` their people, `$3`
  /// what may be given in new grants, as `pipeline:action`.
  static let leading = Statement(
    """
    select
      set_config('voronka.led_teams', $1::text, true),
      set_config('voronka.led_people', $2::text, true),
      set_config('voronka.given', $3::text, true)
    """)

  /// Behind a member's door, the clients that are made: `$1` contacts, `$2` companies.
  static let entering = Statement(
    """
    select
      set_config('voronka.new_contacts', $1::text, true),
      set_config('voronka.new_companies', $2::text, true)
    """)

  /// The server on its own behalf, for what it compiles and allots: `$1` tenant.
  static let server = Statement(
    """
    select
      set_config('voronka.tenant_id', $1::text, true),
      set_config('voronka.everything', 'on', true)
    """)

  /// The door of log-ins to the catalogue of tenants.
  static let login = Statement(
    """
    select set_config('voronka.scope', 'login', true)
    """)

  private static let operatorScope = Statement(
    """
    select
      set_config('voronka.scope', 'operator', true),
      set_config('voronka.tenant_id', '0', true)
    """)

  private static let operatorProof = Statement(
    """
    select case
      when exists (select 1 from operator_token t where t.id = $1::bigint)
      then 'valid'
      else stale_context()
    end
    """)

  /// The operator, whose token must still be there.
  static func forOperator(token: Int64) -> [BoundStatement] {
    [operatorScope(), operatorProof(.integer(token))]
  }

  /// The installation itself, before anybody is there.
  static func forInstallation() -> BoundStatement { operatorScope() }

  /// Moves what is cached of a company into the past, unless another transaction has: `$1` tenant, `$2`
  /// the version that the change was decided on.
  static let moveVersion = Statement(
    """
    with moved as (
      update tenant_version
      set version = version + 1
      where tenant_id = $1::bigint
        and version = $2::bigint
      returning 1
    )
    select require_one((select count(*) from moved))
    """)

  /// The same for a change by the operator: `$1` tenant.
  static let moveVersionUnguarded = Statement(
    """
    update tenant_version
    set version = version + 1
    where tenant_id = $1::bigint
    """)
}
