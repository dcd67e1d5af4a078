internal import JSON
internal import JSONRPC
internal import SalesRules
internal import Synchronization

/// The exports that are going on at this server.
final class TenantExports: Sendable {
  /// Each holds a connection and a snapshot.
  private static let most = 4
  private static let patience = Duration.seconds(300)
  private let running = Mutex<[String: TenantExport]>([:])

  /// Begins one and gives its first page.
  func begin(_ tenant: Int64, services: Services, now: Timestamp) async throws -> RawJSON {
    await endIdle()
    guard running.withLock({ $0.count < Self.most }) else {
      throw RPCError.rateLimited(
        retryAfterMilliseconds: 10_000,
        "\(Self.most) companies are being exported. Wait until one is done.")
    }
    let export = try await TenantExport.begin(tenant: tenant, services: services, now: now)
    let id = String(UInt64.random(in: .min ... .max), radix: 36)
    running.withLock { $0[id] = export }
    return try await page(1, of: export, id)
  }

  /// The page that a cursor of `begin` or of this stands for.
  func go(on cursor: String, _ tenant: Int64) async throws -> RawJSON {
    let parts = cursor.split(separator: ".").map(String.init)
    guard parts.count == 2, let number = Int(parts[1]), number > 1,
      let export = running.withLock({ $0[parts[0]] }), export.tenant == tenant
    else { throw Self.ended }
    return try await page(number, of: export, parts[0])
  }

  private func page(_ number: Int, of export: TenantExport, _ id: String) async throws -> RawJSON {
    do {
      let (answer, isLast) = try await export.page(number) { "\(id).\($0)" }
      if isLast { await end(id) }
      return answer
    } catch let error as RPCError {
      throw error
    } catch {
      await end(id)
      throw error
    }
  }

  /// Ends those that nobody asks for any more.
  func endIdle() async {
    for (id, export) in running.withLock({ $0 }) {
      if await export.usedAt.advanced(by: Self.patience) < .now { await end(id) }
    }
  }

  private func end(_ id: String) async {
    await running.withLock { $0.removeValue(forKey: id) }?.close()
  }

  /// There is no such export any more.
  static var ended: RPCError {
    .conflict("This export has ended, or the page is not its next one. Begin it anew.")
  }
}
