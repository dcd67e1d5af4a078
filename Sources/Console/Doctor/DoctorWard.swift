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
    _ = try await session.call(
      "tenant.create",
      [
        "slug": .string(slug), "name": .string(mark), "plan": .string(try await planCode()),
        "locale": "en", "currency": "EUR", "timezone": "UTC",
        "admin": [
          "email": .string(email), "name": .string(mark), "password": .string(password),
        ],
      ])
    var login = given
    login.sendsPassword = true
    let credentials = login
    let connect: @Sendable () async throws -> Session = {
      try await Session.open(credentials, context: context)
    }
    return try await DoctorCompany(
      slug: slug, mark: mark, email: email, password: password, connect: connect)
  }

  /// Takes away what was made.
  func clear(_ session: Session) async -> DoctorFinding {
    var left: [String] = []
    var isDeletable = true
    for slug in slugs {
      do {
        _ = try await session.call(
          "tenant.delete", ["tenant": .string(slug), "grace_days": 0])
      } catch {
        isDeletable = false
        if await suspend(slug, session) == false { left.append(slug) }
      }
    }
    if let ownPlan {
      _ = try? await session.call("plan.retire", ["code": .string(ownPlan)])
    }
    if !left.isEmpty {
      return DoctorFinding("cleanup", .warning, "still there: \(left.joined(separator: ", "))")
    }
    return DoctorFinding(
      "cleanup", isDeletable ? .fine : .warning,
      isDeletable
        ? "the two companies are deleted"
        : "suspended, since they can't be deleted: \(slugs.joined(separator: ", "))")
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
