internal import Postgres

/// What the benchmark changes in its companies before it measures; run as the superuser.
enum PreparationStatements {
  /// The first seller of each company works in all of its teams, and so sees all deals.
  static let joinTeams = Statement(
    """
    insert into team_member (tenant_id, team_id, user_id)
    select t.tenant_id, t.id, (
        select min(u.id)
        from user_account u
        where u.tenant_id = t.tenant_id
          and u.role = 'member'
      )
    from team t
    on conflict do nothing
    """)

  /// Sellers log in with their owner's password.
  static let sharePasswords = Statement(
    """
    update user_account u
    set password_hash = o.password_hash
    from user_account o
    where o.tenant_id = u.tenant_id
      and o.role = 'owner'
      and u.role = 'member'
      and u.password_hash is distinct from o.password_hash
    """)

  /// Every fourth of the first `$1` deals is open, so that it can be moved.
  static let openEveryFourth = Statement(
    """
    update card c
    set outcome = 'open',
      closed_at = null,
      reason_id = null,
      stage_id = (
        select min(g.id)
        from stage g
        where g.tenant_id = c.tenant_id
          and g.pipeline_id = c.pipeline_id
          and g.kind = 'open'
      )
    where c.id <= $1::bigint
      and c.id % 4 = 0
      and c.kind = 'deal'
      and c.outcome <> 'open'
    """)

  /// All companies stand at one version, which the reference can name.
  static let alignVersions = Statement(
    """
    update tenant_version v
    set version = m.version
    from (
      select max(version) as version
      from tenant_version
    ) m
    where v.version <> m.version
    """)

  /// What was created behind the first `$1` deals, with what hangs on it.
  static let clearHistories = Statement(
    """
    delete from card_history
    where card_id > $1::bigint
    """)

  /// See `clearHistories`.
  static let clearStays = Statement(
    """
    delete from stay
    where card_id > $1::bigint
    """)

  /// See `clearHistories`.
  static let clearWords = Statement(
    """
    delete from card_word
    where card_id > $1::bigint
    """)

  /// See `clearHistories`.
  static let clearDeals = Statement(
    """
    delete from card
    where id > $1::bigint
    """)

  /// How many deals there are behind the first `$1`.
  static let countBehind = Statement(
    """
    select count(*)
    from card
    where id > $1::bigint
    """)

  /// Afterwards the planner knows the tables, and pages are marked as seen by all.
  static let settle = """
    vacuum analyze
    """

  /// Dirty pages go to disk before time is taken.
  static let flush = """
    checkpoint
    """
}
