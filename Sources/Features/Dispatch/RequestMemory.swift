internal import Synchronization

/// What one request has worked out at great cost and keeps when it has to be decided anew.
final class RequestMemory: Sendable {
  private let hashes = Mutex<[String: PasswordHash]>([:])

  /// The password as it is to be stored: derived once a request, however often others come first.
  func hash(_ password: String, by hasher: PasswordHasher) async throws -> PasswordHash {
    if let known = hashes.withLock({ $0[password] }) { return known }
    let hash = try await hasher.hash(password)
    hashes.withLock { $0[password] = hash }
    return hash
  }
}
