internal import Postgres

/// Fills the company of the section `search`, as `FillStatements` do; `$1` is the tenant everywhere.
enum SearchFillStatements {
  /// A member beside the sellers, with the owner's password.
  static let newcomer = Statement(
    """
    insert into user_account (tenant_id, id, email, name, role, password_hash, created_at)
    select t.id, (
        select max(u.id) + 1
        from user_account u
        where u.tenant_id = t.id
      ), 'newcomer@' || t.slug || '.example', 'Newcomer', 'member', o.password_hash, o.created_at
    from tenant t
    join user_account o on o.tenant_id = t.id and o.role = 'owner'
    where t.id = $1::bigint
    """)

  static let newcomersTeam = Statement(
    """
    insert into team (tenant_id, id, name, kind, created_at)
    select t.tenant_id, max(t.id) + 1, 'Newcomers', 'senior', max(t.created_at)
    from team t
    where t.tenant_id = $1::bigint
    group by t.tenant_id
    """)

  static let newcomersMembership = Statement(
    """
    insert into team_member (tenant_id, team_id, user_id)
    select u.tenant_id, t.id, u.id
    from user_account u
    join team t on t.tenant_id = u.tenant_id and t.name = 'Newcomers'
    where u.tenant_id = $1::bigint
      and u.name = 'Newcomer'
    """)

  /// On every pipeline, the rights on their own cards.
  static let newcomersGrants = Statement(
    """
    insert into access_grant (tenant_id, id, pipeline_id, team_id, actions, cards, outcome, created_at)
    select p.tenant_id, (
        select max(g.id)
        from access_grant g
        where g.tenant_id = p.tenant_id
      ) + row_number() over (order by p.id), p.id, t.id, array['view', 'create', 'edit', 'move', 'close'],
      'own', 'any', p.created_at
    from pipeline p
    join team t on t.tenant_id = p.tenant_id and t.name = 'Newcomers'
    where p.tenant_id = $1::bigint
      and p.kind = 'deal'
    """)

  /// `$2` how many client companies; `$3` the syllables and `$4` the trades of their names.
  static let companies = Statement(
    """
    insert into company (tenant_id, id, name, created_at)
    select t.id, n,
      initcap(
        ($3::text[])[1 + n % cardinality($3::text[])]
          || ($3::text[])[1 + n / 30 % cardinality($3::text[])]
          || ($3::text[])[1 + n / 900 % cardinality($3::text[])]
      ) || ' ' || initcap(($4::text[])[1 + n % cardinality($4::text[])]),
      t.created_at
    from tenant t
    cross join generate_series(1, $2::bigint) n
    where t.id = $1::bigint
    """)

  /// `$2` how many contacts; `$3` first and `$4` last names, `$5` how many companies there are.
  static let contacts = Statement(
    """
    insert into contact (tenant_id, id, name, phone, phone_normalised, email, email_normalised, company_id,
      created_at)
    select t.id, n, initcap(f.first) || ' ' || initcap(f.last), f.phone, f.phone, f.email, f.email,
      1 + n % $5::bigint, t.created_at
    from tenant t
    cross join generate_series(1, $2::bigint) n
    cross join lateral (
      select ($3::text[])[1 + n % cardinality($3::text[])] as first,
        ($4::text[])[1 + n / 20 % cardinality($4::text[])] as last
    ) i
    cross join lateral (
      select i.first, i.last, '+7' || 9000000000 + n * 7919 % 999999937 as phone,
        i.first || '.' || i.last || n || '@mail.example' as email
    ) f
    where t.id = $1::bigint
    """)

  /// The deals: `$2` to `$5` as in `FillStatements.deals`, `$6` how many contacts there are, `$7` the newcomer
  /// has every so manieth card; `$8` the common and `$9` the rare words of titles, `$10` the usual materials,
  /// `$11` how many areas there are.
  ///
  /// A title is two common words, a code and, of one in a hundred, a rare word.
  static let deals = Statement(joining: [
    """
    insert into card (tenant_id, id, kind, pipeline_id, stage_id, outcome, title, amount, contact_id,
      company_id, responsible_id, source, fields, created_by, created_at, stage_entered_at, touched_at,
      closed_at, version)
    select $1::bigint, d.id, 'deal', p.id,
    """, FillStatements.stageOfDrawn,
    """

      d.outcome,
      initcap(($8::text[])[1 + d.random / 53 % cardinality($8::text[])]) || ' '
        || ($8::text[])[1 + d.random / 5003 % cardinality($8::text[])] || ' KD' || d.id
        || case
          when d.id % 100 = 0 or d.id % $7::bigint = 0
          then ' ' || ($9::text[])[1 + d.random / 7001 % cardinality($9::text[])]
          else ''
        end,
      5000 + d.random / 31 % 60000, 1 + d.random / 59 % $6::bigint, 1 + d.random / 37 % $4::bigint,
      case
        when d.id % $7::bigint = 0 then (
          select u.id
          from user_account u
          where u.tenant_id = $1::bigint
            and u.name = 'Newcomer'
        )
        else s.id
      end,
      (array['site form', 'call', 'messenger', 'exhibition'])[1 + d.random / 41 % 4],
      jsonb_build_object(
        'material', case
          when d.id % $7::bigint = 0 then 'beech'
          when d.id % ($2::bigint / 3) = 2 then 'ebony'
          when d.id % 400 = 1 then 'walnut'
          when d.id % 10 = 3 then 'oak'
          else ($10::text[])[1 + d.random / 61 % cardinality($10::text[])]
        end,
        'area', d.random / 67 % $11::bigint
      ),
      s.id, d.created_at, coalesce(d.closed_at, d.created_at), coalesce(d.closed_at, d.created_at),
      d.closed_at, case d.outcome when 'open' then 1 else 2 end
    """, FillStatements.drawn,
  ])

  /// Everything is to be given its words.
  static let backlog = Statement(
    """
    insert into search_backlog (tenant_id, kind)
    select $1::bigint, k.kind
    from unnest(array['card', 'contact', 'company']) as k (kind)
    on conflict (tenant_id, kind) do update
    set after_id = 0
    """)
}
