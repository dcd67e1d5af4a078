internal import Postgres

/// New words of things that are there: `$1` tenant, elements of the arrays `$2` ids, `$3` words with spaces
/// between, `$4` the versions that they must still have, null for any.
///
/// What changes meanwhile is waited for and looked at as it is then. Words that stay are not touched.
enum SearchWordStatements {
  static let cards = Statement(
    """
    with changed as (
      select c.id, c.words as old, string_to_array(n.words, ' ') as new
      from unnest($2::bigint[], $3::text[], $4::bigint[]) as n (id, words, version)
      join card c on c.tenant_id = $1::bigint and c.id = n.id
      where (n.version is null or c.version = n.version)
        and c.words <> string_to_array(n.words, ' ')
      order by c.id
      for update of c
    ),
    unworded as (
      delete from card_word w
      using changed g
      cross join lateral unnest(g.old) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.card_id = g.id
        and o.word <> all (g.new)
    ),
    worded as (
      insert into card_word (tenant_id, word, card_id)
      select $1::bigint, o.word, g.id
      from changed g
      cross join lateral unnest(g.new) as o (word)
      where o.word <> all (g.old)
    )
    update card c
    set words = g.new
    from changed g
    where c.tenant_id = $1::bigint
      and c.id = g.id
    """)

  static let contacts = Statement(
    """
    with changed as (
      select c.id, c.words as old, string_to_array(n.words, ' ') as new
      from unnest($2::bigint[], $3::text[], $4::bigint[]) as n (id, words, version)
      join contact c on c.tenant_id = $1::bigint and c.id = n.id
      where (n.version is null or c.version = n.version)
        and c.words <> string_to_array(n.words, ' ')
      order by c.id
      for update of c
    ),
    unworded as (
      delete from contact_word w
      using changed g
      cross join lateral unnest(g.old) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.contact_id = g.id
        and o.word <> all (g.new)
    ),
    worded as (
      insert into contact_word (tenant_id, word, contact_id)
      select $1::bigint, o.word, g.id
      from changed g
      cross join lateral unnest(g.new) as o (word)
      where o.word <> all (g.old)
    )
    update contact c
    set words = g.new
    from changed g
    where c.tenant_id = $1::bigint
      and c.id = g.id
    """)

  static let companies = Statement(
    """
    with changed as (
      select c.id, c.words as old, string_to_array(n.words, ' ') as new
      from unnest($2::bigint[], $3::text[], $4::bigint[]) as n (id, words, version)
      join company c on c.tenant_id = $1::bigint and c.id = n.id
      where (n.version is null or c.version = n.version)
        and c.words <> string_to_array(n.words, ' ')
      order by c.id
      for update of c
    ),
    unworded as (
      delete from company_word w
      using changed g
      cross join lateral unnest(g.old) as o (word)
      where w.tenant_id = $1::bigint
        and w.word = o.word collate "C"
        and w.company_id = g.id
        and o.word <> all (g.new)
    ),
    worded as (
      insert into company_word (tenant_id, word, company_id)
      select $1::bigint, o.word, g.id
      from changed g
      cross join lateral unnest(g.new) as o (word)
      where o.word <> all (g.old)
    )
    update company c
    set words = g.new
    from changed g
    where c.tenant_id = $1::bigint
      and c.id = g.id
    """)
}
