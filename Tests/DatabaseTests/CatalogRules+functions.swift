import Postgres

/// Attacks 1 and 3: functions that work with the owner's rights, or tell what they see.
extension CatalogRule {
  static let functions = [
    CatalogRule(
      promise: "SECURITY DEFINER functions stand in a closed list",
      breaches: Statement(
        """
        select proname
        from pg_proc
        where pronamespace = 'voronka'::regnamespace
          and prosecdef
          and proname not in (
            'purge_tenant', 'erase_audit', 'erase_history', 'erase_notes', 'remove_audit',
            'expire_history', 'give_cards', 'remove_merged_contacts', 'remove_merged_companies',
            'hold_contact_points', 'settle_activities'
          )
        """),
      control: """
        create function voronka.powerful() returns integer language sql security definer
          set search_path = voronka as 'select 1';
        """,
      expected: "powerful"),
    CatalogRule(
      promise: "A SECURITY DEFINER function has a fixed search_path",
      breaches: Statement(
        """
        select proname
        from pg_proc
        where pronamespace = 'voronka'::regnamespace
          and prosecdef
          and not exists (
            select 1
            from unnest(proconfig) as setting
            where setting like 'search_path=%'
          )
        """),
      control: """
        create function voronka.wandering() returns integer language sql security definer
          as 'select 1';
        """,
      expected: "wandering"),
    CatalogRule(
      promise: "Nobody but the application role may run what works with the owner's rights",
      breaches: Statement(
        """
        select proname
        from pg_proc
        left join lateral aclexplode(coalesce(proacl, acldefault('f', proowner))) as held on true
        where pronamespace = 'voronka'::regnamespace
          and prosecdef
          and grantee not in ('voronka_owner'::regrole, 'voronka_app'::regrole)
        """),
      control: """
        create function voronka.open_to_all() returns integer language sql security definer
          set search_path = voronka as 'select 1';
        """,
      expected: "open_to_all"),
    CatalogRule(
      promise: "No function claims to be leakproof: it would see rows before the policies",
      breaches: Statement(
        """
        select proname
        from pg_proc
        where pronamespace = 'voronka'::regnamespace
          and proleakproof
        """),
      control: """
        create function voronka.talkative(text) returns boolean language sql leakproof
          as 'select true';
        """,
      expected: "talkative"),
    CatalogRule(
      promise: "There are no extensions but the procedural language",
      breaches: Statement(
        """
        select extname
        from pg_extension
        where extname <> 'plpgsql'
        """),
      control: """
        create extension pg_trgm schema voronka;
        """,
      expected: "pg_trgm"),
  ]
}
