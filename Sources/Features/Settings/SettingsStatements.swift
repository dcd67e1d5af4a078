internal import Postgres

/// The company's own settings.
enum SettingsStatements {
  /// `$1` tenant, `$2` name, `$3` locale, `$4` time zone, `$5` days to reopen, `$6`–`$8` what closing
  /// demands, `$9` the version that was read, `$10` whether the operator may look into it, `$11`
  /// whether it takes leads, `$12` whether winning takes a paid invoice, `$13` whether a renewal takes a
  /// last-contact status, `$14` and `$15` whether winning and declaring invalid carry a comment.
  static let update = Statement(
    """
    with changed as (
      update tenant
      set name = $2::text,
        locale = $3::text,
        timezone = $4::text,
        reopen_days = $5::integer,
        require_loss_reason = $6::boolean,
        require_loss_comment = $7::boolean,
        require_win_reason = $8::boolean,
        support_access = $10::boolean,
        leads = $11::boolean,
        paid_invoice_to_win = $12::boolean,
        require_last_contact_on_renewal = $13::boolean,
        require_win_comment = $14::boolean,
        require_invalid_comment = $15::boolean,
        version = version + 1
      where id = $1::bigint
        and version = $9::bigint
      returning 1
    )
    select require_one((select count(*) from changed))
    """)
}
