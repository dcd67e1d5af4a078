internal import JSON
internal import JSONRPC

/// The doctor's own companies, from their making to their end.
actor DoctorWard {
  private let session: Session
  private var plan: String?
  /// A plan that was made because there was none.
  private var ownPlan: String?
  private let name: String
  private var slugs: [String] = []
  /// When the first of its companies was made, by the server's clock.
  private var began: WireTimestamp?

  init(_ session: Session, plan: String?) {
    self.session = session
    self.plan = plan
    name = "doctor-" + Self.random(8)
  }

  /// A new company with its owner logged in.
  func company(
    _ letter: String, connectingBy given: Credentials, _ context: ConsoleContext
  ) async throws -> DoctorCompany {
    let slug = "\(name)-\(letter)"
    let password = Self.random(32)
    let mark = "Canary" + Self.random(16)
    let email = "\(mark)@doctor.example"
    slugs.append(slug)
    let made = try await session.call(
      "tenant.create",
      [
        "slug": .string(slug), "name": .string(mark), "plan": .string(try await planCode()),
        "locale": "en", "currency": "EUR", "timezone": "UTC",
        "admin": [
          "email": .string(email), "name": .string(mark), "password": .string(password),
        ],
      ])
    if began == nil {
      began = made["tenant"]?["created_at"]?.string.flatMap { WireTimestamp(rfc3339: $0) }
    }
    var login = given
    login.sendsPassword = true
    let credentials = login
    let connect: @Sendable () async throws -> Session = {
      try await Session.open(credentials, context: context)
    }
    return try await DoctorCompany(
      slug: slug, mark: mark, email: email, password: password, connect: connect)
  }

  /// Takes away what was made, at once and without grace, and what earlier doctors left who did not come
  /// to their end.
  func clear(_ session: Session) async -> DoctorFinding {
    var left: [String] = []
    var isDeletable = true
    for slug in slugs {
      do {
        if try await remove(slug, session) == false { left.append(slug) }
      } catch {
        isDeletable = false
        if await suspend(slug, session) == false { left.append(slug) }
      }
    }
    if let ownPlan {
      _ = try? await session.call("plan.retire", ["code": .string(ownPlan)])
    }
    let removed = await sweep(session, &left)
    if !left.isEmpty {
      return DoctorFinding("cleanup", .warning, "still there: \(left.joined(separator: ", "))")
    }
    guard isDeletable else {
      return DoctorFinding(
        "cleanup", .warning,
        "suspended, since they can't be deleted: \(slugs.joined(separator: ", "))")
    }
    let further = removed == 0 ? "" : ", and \(removed) that an earlier doctor left"
    return DoctorFinding("cleanup", .fine, "the two companies are gone\(further)")
  }

  /// Deletes a company and looks whether it is gone.
  private func remove(_ slug: String, _ session: Session) async throws -> Bool {
    _ = try await session.call("tenant.delete", ["tenant": .string(slug), "grace_days": 0])
    do {
      _ = try await session.call("tenant.get", ["tenant": .string(slug)])
      return false
    } catch ConsoleFailure.server(let error) where error.kind == "not_found" {
      return true
    }
  }

  /// What is left of doctors that were cut off. Those of the last ten minutes may be at work.
  private func sweep(_ session: Session, _ left: inout [String]) async -> Int {
    guard let began, let tenants = try? await session.items("tenant.list") else { return 0 }
    var removed = 0
    for tenant in tenants {
      guard let slug = tenant["slug"]?.string, !slugs.contains(slug), Self.isDoctors(tenant)
      else { continue }
      let made = tenant["created_at"]?.string.flatMap { WireTimestamp(rfc3339: $0) }
      let isOld = made.map {
        began.microsecondsSinceEpoch - $0.microsecondsSinceEpoch > 600_000_000
      }
      if isOld == true, (try? await remove(slug, session)) == true {
        removed += 1
      } else {
        left.append("\(slug) of another doctor, who may be at work: later ones take it away")
      }
      if isOld == true, let plan = tenant["plan"]?.string, slug.hasPrefix(plan + "-") {
        _ = try? await session.call("plan.retire", ["code": .string(plan)])
      }
    }
    return removed
  }

  /// Whether a company is a doctor's: by its slug, which is long and drawn, and its name.
  private static func isDoctors(_ tenant: JSON) -> Bool {
    guard let slug = tenant["slug"]?.string, tenant["name"]?.string?.hasPrefix("Canary") == true
    else { return false }
    let parts = slug.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "doctor" && parts[1].count == 8
      && parts[1].allSatisfy(\.isHexDigit) && (parts[2] == "a" || parts[2] == "b")
  }

  private func suspend(_ slug: String, _ session: Session) async -> Bool {
    do {
      _ = try await session.call("tenant.suspend", ["tenant": .string(slug)])
      return true
    } catch ConsoleFailure.server(let error) where error.kind == "not_found" {
      return true
    } catch {
      return false
    }
  }

  /// The plan that was named, else the active one with the most room, else one that is made.
  private func planCode() async throws -> String {
    if let plan { return plan }
    let plans = try await session.items("plan.list").filter { $0["retired"]?.bool != true }
    let roomiest = plans.max { Self.room($0) < Self.room($1) }
    if let code = roomiest?["code"]?.string {
      plan = code
      return code
    }
    _ = try await session.call(
      "plan.create", ["code": .string(name), "name": "Doctor", "limits": [:]])
    plan = name
    ownPlan = name
    return name
  }

  /// How much a plan allows, roughly: its tightest limit counts most.
  private static func room(_ plan: JSON) -> Double {
    let limits = (plan["limits"]?.object?.members ?? []).map { $0.value.double ?? 1e9 }
    return (limits.min() ?? 1e9) * 1e3 + limits.reduce(0, +) / 1e9
  }

  private static func random(_ digits: Int) -> String {
    (0..<digits).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined()
  }
}
