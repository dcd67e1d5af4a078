internal import Postgres

/// Rows of the audit; `$1` is the tenant everywhere.
enum AuditStatements {
  /// `$2` moment, `$3` writer, `$4` number, `$5` epoch or null, `$6` kind of actor, `$7` token, `$8`
  /// session, `$9` user, `$10` address, `$11` request, `$12` method, `$13` noun, `$14` subject, `$15`
  /// before, `$16` after, `$17` key, `$18` MAC.
  static let insert = Statement(
    """
    insert into audit (tenant_id, at, writer, number, epoch, actor, actor_id, session_id, user_id,
      address, request, method, noun, subject, before, after, key_id, mac)
    values ($1::bigint, $2::timestamptz, $3::bigint, $4::bigint,
      coalesce($5::integer, audit_epoch($1::bigint)), $6::text, $7::bigint, $8::bigint, $9::bigint,
      $10::text, $11::text, $12::text, $13::text, $14::text, $15::text, $16::text, $17::text,
      $18::bytea)
    """)

  private static let columns: StaticString = """
    select at, writer, number, actor, actor_id, session_id, user_id, address, request, method, noun,
      subject, before, after, epoch, xid, key_id, mac, erased_at, before_digest, after_digest,
      erasure_key_id, erasure_mac
    from audit
    where tenant_id = $1::bigint
    """

  /// The newest at most `$2`, before the row at `$3`, writer `$4`, number `$5`; from `$6` to before `$7`,
  /// of user `$8`, method `$9`, noun `$10`. What is null is not asked for.
  static let list = Statement(joining: [
    columns,
    """

      and ($3::timestamptz is null
        or (at, writer, number) < ($3::timestamptz, $4::bigint, $5::bigint))
      and ($6::timestamptz is null or at >= $6::timestamptz)
      and ($7::timestamptz is null or at < $7::timestamptz)
      and ($8::bigint is null or user_id = $8::bigint)
      and ($9::text is null or method = $9::text)
      and ($10::text is null or noun = $10::text)
    order by at desc, writer desc, number desc
    limit $2::bigint
    """,
  ])

  /// The same of one subject `$11` of noun `$10`, which has an index of its own.
  static let listOfSubject = Statement(joining: [
    columns,
    """

      and noun = $10::text
      and subject = $11::text
      and ($3::timestamptz is null
        or (at, writer, number) < ($3::timestamptz, $4::bigint, $5::bigint))
      and ($6::timestamptz is null or at >= $6::timestamptz)
      and ($7::timestamptz is null or at < $7::timestamptz)
      and ($8::bigint is null or user_id = $8::bigint)
      and ($9::text is null or method = $9::text)
    order by at desc, writer desc, number desc
    limit $2::bigint
    """,
  ])

  /// The next `$6` rows in the order of seals behind epoch `$2`, transaction `$3`, writer `$4` and number
  /// `$5`.
  static let inOrder = Statement(joining: [
    columns,
    """

      and (epoch, xid, writer, number) > ($2::integer, $3::bigint, $4::bigint, $5::bigint)
    order by epoch, xid, writer, number
    limit $6::bigint
    """,
  ])

  /// The epoch, and the first transaction that has not been begun.
  static let now = Statement(
    """
    select audit_epoch($1::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    """)
}
