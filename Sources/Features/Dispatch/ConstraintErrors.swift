internal import JSONRPC
internal import Postgres

/// What a violated constraint means to the caller, by the constraint's name.
///
/// Most rules are checked before anything is written. These are the ones that only the database can
/// hold when two come at once.
enum ConstraintErrors {
  /// - Parameter isDeletion: whether the method deletes: then a foreign key says that something still
  ///   refers to what should go.
  static func error(for error: PostgresError, isDeletion: Bool = false) -> RPCError? {
    guard let constraint = error.constraint else { return nil }
    switch error.sqlState {
    case .uniqueViolation?: return taken[constraint].map { .conflict($0) }
    case .foreignKeyViolation? where isDeletion: return holding[constraint].map { .conflict($0) }
    case .foreignKeyViolation?: return referred[constraint].map { .notFound(what: $0) }
    default: return nil
    }
  }

  /// Whether a client that is named is not there any more, or a client that should go has something new.
  static func isOfGoneClient(_ error: PostgresError) -> Bool {
    error.sqlState == .foreignKeyViolation
      && ["card_contact_fkey", "card_company_fkey", "contact_company_fkey"]
        .contains(error.constraint)
  }

  private static let taken: [String: String] = [
    "plan_pkey": "There is a plan with this code. Choose another code.",
    "tenant_slug_key": TenantCreation.slugIsTaken,
    "user_account_email_key": "A user of the company has this e-mail address. Choose another one.",
    "team_name_key": "There is a team with this name at the same place. Choose another name.",
    "pipeline_name_key": "There is a pipeline with this name. Choose another name.",
    "pipeline_one_lead": "Leads have exactly one pipeline.",
    "stage_name_key": "The pipeline has a stage with this name. Choose another name.",
    "stage_one_won": "The pipeline has a won stage already; there is exactly one.",
    "reason_name_key": "There is a reason of this kind with this name. Choose another name.",
    "activity_type_name_key":
      "There is a kind of activity with this name. Choose another name.",
    "contact_status_name_key":
      "There is a last-contact status with this name. Choose another name.",
    "field_key_key": "There is a field with this key. Choose another key.",
    "product_name_key": "There is a product with this name. Choose another name.",
    "invoice_number_key": "An invoice of the company has this number. Choose another number.",
    "card_converted_once": "The lead has been converted already.",
  ]

  private static let referred: [String: String] = [
    "tenant_plan_code_fkey": "plan",
    "team_parent_fkey": "team",
    "team_member_team_fkey": "team",
    "team_member_user_fkey": "user",
    "access_grant_pipeline_fkey": "pipeline",
    "access_grant_user_fkey": "user",
    "access_grant_team_fkey": "team",
    "card_pipeline_fkey": "pipeline",
    "card_stage_fkey": "stage",
    "card_contact_fkey": "contact",
    "card_company_fkey": "company",
    "card_responsible_fkey": "user",
    "card_reason_fkey": "reason",
    "card_last_contact_fkey": "contact_status",
    "activity_own_type_fkey": "activity_type",
    "contact_company_fkey": "company",
    "note_card_fkey": "card",
    "note_author_fkey": "user",
    "contact_author_fkey": "user",
    "company_author_fkey": "user",
    "stay_card_fkey": "card",
    "card_history_card_fkey": "card",
    "pipeline_rule_user_fkey": "user",
    "pipeline_rule_team_fkey": "team",
    "stage_rule_user_fkey": "user",
    "stage_rule_team_fkey": "team",
    "stage_transfers_to_fkey": "pipeline",
    "deal_line_card_fkey": "deal",
    "invoice_card_fkey": "deal",
    "card_pause_card_fkey": "card",
    "card_pause_author_fkey": "user",
  ]

  private static let holding: [String: String] = [
    "card_pipeline_fkey": "Cards are in the pipeline. Delete or copy them first, or archive it.",
    "card_stage_fkey":
      "Cards stand in the stage, some of which you may not see. Ask an admin to delete it.",
    "import_pipeline_fkey": "An import into the pipeline is going on. Wait for its end.",
    "pipeline_rule_team_fkey":
      "The rule of a pipeline chooses among the team. Change its responsible_rule first.",
    "stage_rule_team_fkey":
      "The rule of a stage chooses among the team. Change its responsible_rule first.",
    "stage_transfers_to_fkey":
      "A stage of leads transfers into the pipeline. Change its transfers_to first.",
    "card_reason_fkey": "A card has just been closed for this reason. Repeat the request.",
    "activity_own_type_fkey": "There is an activity of this kind by now. Repeat the request.",
    "card_last_contact_fkey": "A card has just been given this status. Repeat the request.",
    "card_contact_fkey": "Cards are of this contact, some of which you may not see.",
    "card_company_fkey": "Cards are of this company, some of which you may not see.",
    "contact_company_fkey": "Contacts are of this company, some of whom you may not see.",
  ]
}
