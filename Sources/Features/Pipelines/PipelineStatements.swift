internal import Postgres

/// Pipelines; `$1` is the tenant everywhere.
enum PipelineStatements {
  /// `$2` id, `$3` kind, `$4` name, `$5` position, `$6`–`$8` rules, `$9` now.
  static let insert = Statement(
    """
    insert into pipeline (tenant_id, id, kind, name, position, no_back, no_skip, cross_only_by_win,
      created_at)
    values ($1::bigint, $2::bigint, $3::text, $4::text, $5::integer, $6::text, $7::text, $8::text,
      $9::timestamptz)
    """)

  /// Stages of pipeline `$2`, each an element of the arrays: `$3` ids, `$4` names, `$5` kinds, `$6`
  /// positions, `$7` styles, `$8` key marks, `$9` hints, `$10` required fields as arrays' texts, `$11`
  /// dwell limits, `$12` whether lost cards are reopened here.
  static let insertStages = Statement(
    """
    insert into stage (tenant_id, pipeline_id, id, name, kind, position, style, key, hint, required,
      dwell_limit, reopens_here)
    select $1::bigint, $2::bigint, s.id, s.name, s.kind, s.position, s.style, s.key, s.hint,
      s.required::text[], s.dwell_limit, s.reopens_here
    from unnest($3::bigint[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::boolean[],
      $9::text[], $10::text[], $11::text[], $12::boolean[])
      as s (id, name, kind, position, style, key, hint, required, dwell_limit, reopens_here)
    """)

  /// More active deal pipelines than `$2` roll the transaction back; null is no limit.
  static let requireAllowed = Statement(
    """
    select require_below(
      (
        select count(*)
        from pipeline
        where tenant_id = $1::bigint
          and kind = 'deal'
          and not archived
      ),
      $2::bigint
    )
    """)
}
