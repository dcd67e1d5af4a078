internal import Synchronization

/// What one request has worked out at great cost and keeps when it has to be decided anew.
final class RequestMemory: Sendable {
  private let hashes = Mutex<[String: PasswordHash]>([:])

  /// What is decided otherwise once it was in vain.
  enum Step {
    case invoiceNumber
  }

  private let steps = Mutex<Set<Step>>([])

  /// Whether the request takes the step anew.
  func isRepeated(_ step: Step) -> Bool {
    steps.withLock { !$0.insert(step).inserted }
  }

  /// The password as it is to be stored: derived once a request, however often others come first.
  func hash(_ password: String, by hasher: PasswordHasher) async throws -> PasswordHash {
    if let known = hashes.withLock({ $0[password] }) { return known }
    let hash = try await hasher.hash(password)
    hashes.withLock { $0[password] = hash }
    return hash
  }
}
