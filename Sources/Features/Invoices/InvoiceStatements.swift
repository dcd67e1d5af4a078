internal import Postgres

/// Invoices and payments; `$1` is the tenant everywhere.
enum InvoiceStatements {
  private static let columns: StaticString = """
    select i.id, i.card_id, i.number, i.amount, i.paid, i.state, i.due_at, i.created_at, i.paid_at,
      i.version
    """

  /// The present day in the time zone `$2` at the moment `$1`.
  static let today = Statement(
    """
    select ($1::timestamptz at time zone $2::text)::date
    """)

  /// `$2` id.
  static let get = Statement(joining: [
    columns,
    """

    from invoice i
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
    """,
  ])

  /// The payments of invoice `$2`, first ones first.
  static let payments = Statement(
    """
    select p.amount, p.paid_at, p.created_by, p.created_at
    from invoice i
    join payment p on p.tenant_id = i.tenant_id and p.card_id = i.card_id and p.invoice_id = i.id
    where i.tenant_id = $1::bigint
      and i.id = $2::bigint
    order by p.version
    """)

  /// How much of deal `$2` is invoiced.
  static let invoiced = Statement(
    """
    select coalesce(sum(i.amount), 0)::numeric(18, 2)
    from invoice i
    where i.tenant_id = $1::bigint
      and i.card_id = $2::bigint
      and i.state <> 'cancelled'
    """)

  /// By the day they are due, then by id: behind day `$2` and id `$3` (all where null), at most `$4`; of deal
  /// `$5`, in state `$6`, due from day `$7` to day `$8`, each where it is given.
  static let list = Statement(joining: [
    columns,
    """

    from invoice i
    where i.tenant_id = $1::bigint
      and ($2::date is null or (i.due_at, i.id) > ($2::date, $3::bigint))
      and ($5::bigint is null or i.card_id = $5::bigint)
      and ($6::text is null or i.state = $6::text)
      and ($7::date is null or i.due_at >= $7::date)
      and ($8::date is null or i.due_at <= $8::date)
    order by i.due_at, i.id
    limit $4::bigint
    """,
  ])

  /// `$2` id, `$3` deal, `$4` number, `$5` amount, `$6` last day, `$7` user, `$8` now.
  static let insert = Statement(
    """
    insert into invoice (tenant_id, id, card_id, number, amount, due_at, created_by, created_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::numeric, $6::date, $7::bigint,
      $8::timestamptz)
    """)

  /// The same with a number that nobody chose: where another invoice has taken it, everything is rolled back.
  static let insertNumbered = Statement(
    """
    with made as (
      insert into invoice (tenant_id, id, card_id, number, amount, due_at, created_by, created_at)
      values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::numeric, $6::date, $7::bigint,
        $8::timestamptz)
      on conflict (tenant_id, lower(number)) do nothing
      returning 1
    )
    select require_one((select count(*) from made))
    """)

  /// Figures from `$2` on that are no invoice's number, `$3` at most, the smallest first.
  static let freeNumbers = Statement(
    """
    with taken as (
      select lower(i.number) as number
      from invoice i
      where i.tenant_id = $1::bigint
    )
    select n.number
    from generate_series($2::bigint, $2::bigint + (select count(*) from taken) + $3::bigint)
      as n (number)
    where not exists (
      select 1
      from taken t
      where t.number = n.number::text
    )
    order by n.number
    limit $3::bigint
    """)

  /// `$2` id, `$3` the version that was read, `$4` number, `$5` amount, `$6` what has come in, `$7` state,
  /// `$8` last day, `$9` when the last of it came in.
  static let update = Statement(
    """
    with changed as (
      update invoice
      set number = $4::text,
        amount = $5::numeric,
        paid = $6::numeric,
        state = $7::text,
        due_at = $8::date,
        paid_at = $9::timestamptz,
        version = version + 1
      where tenant_id = $1::bigint
        and id = $2::bigint
        and version = $3::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)

  /// Money came in: `$2` deal, `$3` invoice, `$4` the invoice's version afterwards, `$5` amount, `$6` when,
  /// `$7` user, `$8` now.
  static let pay = Statement(
    """
    insert into payment (tenant_id, card_id, invoice_id, version, amount, paid_at, created_by,
      created_at)
    values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::numeric, $6::timestamptz, $7::bigint,
      $8::timestamptz)
    """)
}
