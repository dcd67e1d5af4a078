internal import CryptoExtras
internal import Dispatch
internal import Foundation
internal import JSONRPC
internal import Synchronization

/// Derives keys from passwords, a few at a time and away from the event loops.
///
/// A derivation takes 128 MiB and tenths of a second. So at most two run at once, a bounded number
/// waits, and whoever comes then is told to come again.
final class PasswordHasher: Sendable {
  private struct Load {
    var running = 0
    var waiting: [CheckedContinuation<Bool, Never>] = []
  }

  let cost: PasswordCost
  private let mostRunning: Int
  private let mostWaiting: Int
  private let load = Mutex(Load())
  private let made = Atomic(0)
  private let queue = DispatchQueue(label: "voronka.passwords", attributes: .concurrent)

  init(cost: PasswordCost, mostRunning: Int = 2, mostWaiting: Int = 64) {
    self.cost = cost
    self.mostRunning = mostRunning
    self.mostWaiting = mostWaiting
  }

  /// How many derivations were made; unknown accounts cost as many as known ones.
  var derivations: Int { made.load(ordering: .relaxed) }

  /// A password as it is to be stored.
  func hash(_ password: String) async throws -> PasswordHash {
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    let key = try await derive(password, salt: salt, cost: cost)
    return PasswordHash(cost: cost, salt: salt, key: key)
  }

  /// Whether the password is the stored one. Without a stored one the answer costs as much.
  func verify(_ password: String, _ stored: PasswordHash?) async throws -> Bool {
    let salt = stored?.salt ?? Array(repeating: 0, count: 16)
    let key = try await derive(password, salt: salt, cost: stored?.cost ?? cost)
    return stored?.matches(key) ?? false
  }

  private func derive(_ password: String, salt: [UInt8], cost: PasswordCost) async throws -> [UInt8]
  {
    try await takePlace()
    defer { leavePlace() }
    made.add(1, ordering: .relaxed)
    // One spelling of a letter in Unicode is as good as another.
    let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(
          with: Result {
            let key = try KDF.Scrypt.deriveKey(
              from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logarithmOfRounds,
              blockSize: cost.blockSize, parallelism: cost.parallelism, maxMemory: 1 << 30)
            return key.withUnsafeBytes { Array($0) }
          })
      }
    }
  }

  private func takePlace() async throws {
    let isTaken = await withCheckedContinuation { (turn: CheckedContinuation<Bool, Never>) in
      let answer = load.withLock { load -> Bool? in
        if load.running < mostRunning {
          load.running += 1
          return true
        }
        guard load.waiting.count < mostWaiting else { return false }
        load.waiting.append(turn)
        return nil
      }
      if let answer { turn.resume(returning: answer) }
    }
    guard isTaken else {
      throw RPCError.rateLimited(
        retryAfterMilliseconds: 1000, "Too many log-ins at once. Wait and try again.")
    }
  }

  private func leavePlace() {
    let next = load.withLock { load -> CheckedContinuation<Bool, Never>? in
      guard !load.waiting.isEmpty else {
        load.running -= 1
        return nil
      }
      return load.waiting.removeFirst()
    }
    next?.resume(returning: true)
  }
}
