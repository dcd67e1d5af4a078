/// The smallest change that would give a person an action on a card.
public enum RightsChange: Hashable, Sendable {
  /// The person has to be activated again; the rights follow from their role or grants, and a grant
  /// may still be needed.
  case reactivate
  /// This grant has to be given to the person alone. Where they have one of their own on the pipeline
  /// already, this one holds all of it and replaces it (its id is in `replaces`).
  case give(NeededGrant)
}
