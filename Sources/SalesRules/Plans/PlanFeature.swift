/// What a plan switches on or leaves out; a plan that names none has all.
public enum PlanFeature: String, CaseIterable, Hashable, Sendable {
  /// Taking the company's cards out into files of its own.
  case export
  /// Personal and service tokens.
  case apiTokens = "api_tokens"
  /// Reading and proving the audit log. It is written in every plan.
  case audit
  /// Events pushed to those who subscribe.
  case events
}
