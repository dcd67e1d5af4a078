internal import Postgres

/// Accounts, sessions, the operator's tokens and the slow-down of guesses.
enum AuthenticationStatements {
  /// Goes into the company of slug `$1`, if there is one: what follows sees its people.
  static let enterCompany = Statement(
    """
    select set_config('voronka.tenant_id', (select t.id::text from tenant t where t.slug = $1::text), true)
    """)

  /// The company that was entered.
  static let company = Statement(
    """
    select t.id, t.state, v.version
    from tenant t
    join tenant_version v on v.tenant_id = t.id
    where t.id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
    """)

  /// The account of e-mail `$1` in the company that was entered.
  static let account = Statement(
    """
    select id, email, name, role, state, password_hash
    from user_account
    where tenant_id = nullif(current_setting('voronka.tenant_id', true), '')::bigint
      and lower(email) = lower($1::text)
    """)

  /// The user whose session `$2` of tenant `$1` has the hash `$3` and ends after `$4`.
  static let session = Statement(
    """
    select s.user_id, s.expires_at
    from session s
    where s.tenant_id = $1::bigint
      and s.id = $2::bigint
      and s.secret_hash = $3::bytea
      and s.expires_at > $4::timestamptz
    """)

  /// `$1` tenant, `$2` id, `$3` user, `$4` hash, `$5` now, `$6` end.
  static let createSession = Statement(
    """
    insert into session (tenant_id, id, user_id, secret_hash, created_at, expires_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::bytea, $5::timestamptz, $6::timestamptz)
    """)

  /// Sessions of user `$2` that have ended before `$3` go.
  static let forgetEndedSessions = Statement(
    """
    delete from session
    where tenant_id = $1::bigint
      and user_id = $2::bigint
      and expires_at <= $3::timestamptz
    """)

  /// Ends the sessions of user `$2`, but for session `$3` where that is not null.
  static let endSessions = Statement(
    """
    delete from session
    where tenant_id = $1::bigint
      and user_id = $2::bigint
      and id is distinct from $3::bigint
    """)

  /// Ends one session: `$1` tenant, `$2` user, `$3` session.
  static let endSession = Statement(
    """
    delete from session
    where tenant_id = $1::bigint
      and user_id = $2::bigint
      and id = $3::bigint
    """)

  /// Ends every session of tenant `$1`.
  static let endAllSessions = Statement(
    """
    delete from session
    where tenant_id = $1::bigint
    """)

  /// `$1` tenant, `$2` user, `$3` hash.
  static let setPassword = Statement(
    """
    update user_account
    set password_hash = $3::text
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// `$1` tenant, `$2` user.
  static let passwordHash = Statement(
    """
    select password_hash
    from user_account
    where tenant_id = $1::bigint
      and id = $2::bigint
    """)

  /// Whether the operator's token `$1` has the hash `$2`.
  static let operatorToken = Statement(
    """
    select 1
    from operator_token
    where id = $1::bigint
      and secret_hash = $2::bytea
    """)

  /// Forgets the operator's tokens.
  static let deleteOperatorTokens = Statement(
    """
    delete from operator_token
    """)

  /// `$1` id, `$2` hash, `$3` now.
  static let createOperatorToken = Statement(
    """
    insert into operator_token (id, secret_hash, created_at)
    values ($1::bigint, $2::bytea, $3::timestamptz)
    """)

  /// How many tokens the operator has, and the number for the next.
  static let operatorTokens = Statement(
    """
    select count(*), coalesce(max(id), 0) + 1
    from operator_token
    """)

  /// What is counted under the keys `$1`.
  static let failures = Statement(
    """
    select key, failures, last_failure_at, last_success_at is not null
    from login_throttle
    where key = any ($1::bytea[])
    """)

  /// One more failure under each of the keys `$1`, at `$2`. What is a day old counts no more.
  static let countFailure = Statement(
    """
    insert into login_throttle as t (key, failures, last_failure_at)
    select k, 1, $2::timestamptz
    from unnest($1::bytea[]) as k
    order by k
    on conflict (key) do update
    set failures = case
        when t.last_failure_at > excluded.last_failure_at - interval '1 day' then t.failures + 1
        else 1
      end,
      last_failure_at = excluded.last_failure_at
    """)

  /// A success under the key `$1`, at `$2`, clears what stood there.
  static let noteSuccess = Statement(
    """
    insert into login_throttle (key, failures, last_failure_at, last_success_at)
    values ($1::bytea, 0, null, $2::timestamptz)
    on conflict (key) do update
    set failures = 0,
      last_failure_at = null,
      last_success_at = excluded.last_success_at
    """)

  /// A success clears what stood under the key `$1`.
  static let clearFailures = Statement(
    """
    delete from login_throttle
    where key = $1::bytea
    """)
}
