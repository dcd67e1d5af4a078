internal import Postgres

/// What rows become, all rows of a call at once; `$1` is the tenant everywhere.
extension ImportStatements {
  /// Companies, elements of the arrays `$2` ids, `$3` names, `$4` fields, `$7` words with spaces between, `$8` by
  /// what they are known again; `$5` user, `$6` now.
  static let insertCompanies = Statement(
    """
    with made as (
      insert into company (tenant_id, id, name, fields, created_by, created_at, words)
      select $1::bigint, c.id, c.name, c.fields, $5::bigint, $6::timestamptz,
        string_to_array(c.words, ' ')
      from unnest($2::bigint[], $3::text[], $4::jsonb[], $7::text[]) as c (id, name, fields, words)
    ),
    pointed as (
      insert into company_point (tenant_id, value, company_id)
      select $1::bigint, c.value, c.id
      from unnest($2::bigint[], $8::text[]) as c (id, value)
    )
    insert into company_word (tenant_id, word, company_id)
    select $1::bigint, w.word, c.id
    from unnest($2::bigint[], $7::text[]) as c (id, words)
    cross join lateral string_to_table(c.words, ' ') as w (word)
    """)

  /// Products, elements of the arrays `$2` ids, `$3` names, `$4` prices.
  static let insertProducts = Statement(
    """
    insert into product (tenant_id, id, name, price)
    select $1::bigint, p.id, p.name, p.price
    from unnest($2::bigint[], $3::text[], $4::numeric[]) as p (id, name, price)
    """)

  /// The products that are called like one of `$2`: what was asked for, the id and the price.
  static let productsNamed = Statement(
    """
    select w.name, p.id, p.price
    from unnest($2::text[]) as w (name)
    join product p on p.tenant_id = $1::bigint
      and lower(p.name) = lower(w.name)
    """)

  // MARK: - People

  /// How many users are active, and how many new ones dry run `$2` has counted so far.
  static let seats = Statement(
    """
    select
      (
        select count(*)
        from user_account
        where tenant_id = $1::bigint
          and state = 'active'
      ),
      (
        select count(*)
        from import_key
        where tenant_id = $1::bigint
          and source = chr(1) || $2::bigint
          and kind = 'person'
          and object_id = 0
      )
    """)

  /// The users with the e-mail addresses `$2`, in small letters: address, id and name.
  static let usersByEmail = Statement(
    """
    select lower(email), id, name
    from user_account
    where tenant_id = $1::bigint
      and lower(email) = any ($2::text[])
    """)

  static let teams = Statement(
    """
    select id, name, parent_id
    from team
    where tenant_id = $1::bigint
    """)

  /// The teams of the users `$2`.
  static let memberships = Statement(
    """
    select team_id, user_id, lead
    from team_member
    where tenant_id = $1::bigint
      and user_id = any ($2::bigint[])
    """)

  /// Members without a password, elements of the arrays `$2` ids, `$3` e-mail addresses, `$4` names;
  /// `$5` now.
  static let insertUsers = Statement(
    """
    insert into user_account (tenant_id, id, email, name, role, created_at)
    select $1::bigint, u.id, u.email, u.name, 'member', $5::timestamptz
    from unnest($2::bigint[], $3::text[], $4::text[]) as u (id, email, name)
    """)

  /// Teams, elements of the arrays `$2` ids, `$3` names, `$4` kinds, `$5` parents; `$6` now.
  static let insertTeams = Statement(
    """
    insert into team (tenant_id, id, name, kind, parent_id, created_at)
    select $1::bigint, t.id, t.name, t.kind, t.parent_id, $6::timestamptz
    from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) as t (id, name, kind, parent_id)
    """)

  /// Members of teams, elements of the arrays `$2` teams, `$3` users, `$4` whether they lead. Who leads
  /// already goes on leading.
  static let joinTeams = Statement(
    """
    insert into team_member as m (tenant_id, team_id, user_id, lead)
    select $1::bigint, j.team_id, j.user_id, j.lead
    from unnest($2::bigint[], $3::bigint[], $4::boolean[]) as j (team_id, user_id, lead)
    on conflict (tenant_id, team_id, user_id) do update
    set lead = true
    where excluded.lead
      and not m.lead
    """)

  // MARK: - Contacts

  /// The contacts with one of the phone numbers `$2` or e-mail addresses `$3`, both as they are compared,
  /// or with a name of `$5` at the company in the same place of `$4`: how they were found, by what, at
  /// which company, and the id, name, phone numbers and e-mail addresses, all as they are compared.
  static let contacts = Statement(
    """
    select f.trait, f.value, f.company_id, f.id, k.name,
      k.phone_normalised || k.further_phones_normalised,
      k.email_normalised || k.further_emails_normalised
    from (
      select 'phone' as trait, w.phone as value, null::bigint as company_id,
        (
          select min(p.contact_id)
          from contact_point p
          where p.tenant_id = $1::bigint
            and p.value = w.phone collate "C"
        ) as id
      from unnest($2::text[]) as w (phone)
      union all
      select 'email', w.email, null,
        (
          select min(p.contact_id)
          from contact_point p
          where p.tenant_id = $1::bigint
            and p.value = w.email collate "C"
        )
      from unnest($3::text[]) as w (email)
      union all
      select 'name', w.name, w.company_id,
        (
          select min(c.id)
          from contact c
          where c.tenant_id = $1::bigint
            and c.company_id = w.company_id
            and c.name = w.name
        )
      from unnest($4::bigint[], $5::text[]) as w (company_id, name)
    ) f
    join contact k on k.tenant_id = $1::bigint
      and k.id = f.id
    """)

  /// Contacts, elements of the arrays `$2` ids, `$3` names, `$4` phones, `$5` phones as compared, `$6`
  /// e-mail addresses, `$7` the same as compared, `$8` companies, `$11` words with spaces between; `$9` user,
  /// `$10` now.
  static let insertContacts = Statement(
    """
    with made as (
      insert into contact (tenant_id, id, name, phone, phone_normalised, email, email_normalised,
        company_id, created_by, created_at, words)
      select $1::bigint, c.id, c.name, c.phone, c.phone_normalised, c.email, c.email_normalised,
        c.company_id, $9::bigint, $10::timestamptz, string_to_array(c.words, ' ')
      from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::bigint[], $11::text[])
        as c (id, name, phone, phone_normalised, email, email_normalised, company_id, words)
    ),
    pointed as (
      insert into contact_point (tenant_id, value, contact_id)
      select $1::bigint, p.value, c.id
      from unnest($2::bigint[], $5::text[], $7::text[]) as c (id, phone, email)
      cross join lateral (values (c.phone), (c.email)) as p (value)
      where p.value is not null
    )
    insert into contact_word (tenant_id, word, contact_id)
    select $1::bigint, w.word, c.id
    from unnest($2::bigint[], $11::text[]) as c (id, words)
    cross join lateral string_to_table(c.words, ' ') as w (word)
    """)

  /// Adds numbers and addresses to contacts that have none, elements of the arrays `$2` ids, `$3` phones,
  /// `$4` phones as compared, `$5` e-mail addresses, `$6` the same as compared.
  static let addToContacts = Statement(
    """
    with added as (
      update contact c
      set phone = coalesce(c.phone, a.phone),
        phone_normalised = coalesce(c.phone_normalised, a.phone_normalised),
        email = coalesce(c.email, a.email),
        email_normalised = coalesce(c.email_normalised, a.email_normalised),
        version = c.version + 1
      from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
        as a (id, phone, phone_normalised, email, email_normalised)
      where c.tenant_id = $1::bigint
        and c.id = a.id
        and (c.phone is null and a.phone is not null or c.email is null and a.email is not null)
      returning c.id, c.phone_normalised, c.email_normalised
    )
    insert into contact_point (tenant_id, value, contact_id)
    select $1::bigint, p.value, d.id
    from added d
    cross join lateral (values (d.phone_normalised), (d.email_normalised)) as p (value)
    where p.value is not null
    on conflict do nothing
    """)

  // MARK: - Cards

  /// Stays, elements of the arrays `$2` cards, `$3` versions, `$4` stages, `$5` since when, `$6` until
  /// when, `$7` by whom.
  static let insertStays = Statement(
    """
    insert into stay (tenant_id, card_id, version, stage_id, entered_at, left_at, entered_by)
    select $1::bigint, s.card_id, s.version, s.stage_id, s.entered_at, s.left_at, s.entered_by
    from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[],
      $7::bigint[])
      as s (card_id, version, stage_id, entered_at, left_at, entered_by)
    """)

  /// History, elements of the arrays `$2` cards, `$3` versions, `$4` when, `$5` users, `$6` changes, `$7`
  /// details.
  static let insertHistory = Statement(
    """
    insert into card_history (tenant_id, card_id, version, at, user_id, change, details)
    select $1::bigint, h.card_id, h.version, h.at, h.user_id, h.change, h.details
    from unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::text[],
      $7::jsonb[])
      as h (card_id, version, at, user_id, change, details)
    """)
}
