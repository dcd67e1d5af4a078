internal import SalesRules
internal import Synchronization

/// What one request has worked out at great cost and keeps when it has to be decided anew.
final class RequestMemory: Sendable {
  private let hashes = Mutex<[String: PasswordHash]>([:])

  private struct Place: Hashable {
    let rule: AssignmentRule
    let stage: Int64
    let version: Int64
  }

  /// What is decided otherwise once it was in vain.
  enum Step {
    case invoiceNumber
  }

  private let steps = Mutex<Set<Step>>([])

  /// Whether the request takes the step anew.
  func isRepeated(_ step: Step) -> Bool {
    steps.withLock { !$0.insert(step).inserted }
  }

  private let choices = Mutex<[Place: AssignmentChoice]>([:])

  /// Whom a rule has chosen for the request already, by what is known of the company at this version.
  func choice(
    by rule: AssignmentRule, at place: RightsCard, of version: Int64
  ) -> AssignmentChoice? {
    choices.withLock { $0[Place(rule: rule, stage: place.stage, version: version)] }
  }

  /// Keeps whom a rule has chosen.
  func keep(
    _ choice: AssignmentChoice, by rule: AssignmentRule, at place: RightsCard, of version: Int64
  ) {
    choices.withLock { $0[Place(rule: rule, stage: place.stage, version: version)] = choice }
  }

  /// The password as it is to be stored: derived once a request, however often others come first.
  func hash(_ password: String, by hasher: PasswordHasher) async throws -> PasswordHash {
    if let known = hashes.withLock({ $0[password] }) { return known }
    let hash = try await hasher.hash(password)
    hashes.withLock { $0[password] = hash }
    return hash
  }
}
