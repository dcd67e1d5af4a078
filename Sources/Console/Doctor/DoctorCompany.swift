internal import JSON
internal import JSONRPC

/// A company of the doctor's: everything in it carries a mark that stands nowhere else.
struct DoctorCompany: Sendable {
  let slug: String
  /// The text by which what is its own is known wherever it turns up.
  let mark: String
  let owner: Session
  /// A member with no grants at all.
  let member: Session
  let connect: @Sendable () async throws -> Session

  init(
    slug: String, mark: String, email: String, password: String,
    connect: @escaping @Sendable () async throws -> Session
  ) async throws {
    self.slug = slug
    self.mark = mark
    self.connect = connect
    func login(_ email: String) async throws -> Session {
      let session = try await connect()
      _ = try await session.call(
        "auth.login",
        ["tenant": .string(slug), "email": .string(email), "password": .string(password)])
      return session
    }
    owner = try await login(email)
    let colleague = "\(mark)-colleague@doctor.example"
    _ = try await owner.call(
      "user.create",
      [
        "email": .string(colleague), "name": .string(mark), "password": .string(password),
        "role": "member",
      ])
    member = try await login(colleague)
  }

  func close() async {
    await owner.close()
    await member.close()
  }

  /// Puts so many things of each kind into it.
  func settle(things: Int) async throws {
    let name = JSON.string(mark)
    let pipeline = try await owner.call(
      "pipeline.create", ["kind": "deal", "name": name, "template": "sales"])
    for number in 1...things {
      let numbered = JSON.string("\(mark) \(number)")
      _ = try await owner.call("team.create", ["name": numbered, "kind": "other"])
      let contact = try await owner.call("contact.create", ["name": numbered])
      _ = try await owner.call("company.create", ["name": numbered])
      _ = try await owner.call("lead.create", ["title": numbered])
      let deal = try await owner.call(
        "deal.create",
        [
          "pipeline": pipeline["id"] ?? .null, "title": numbered, "contact": contact["id"] ?? .null,
        ])
      _ = try await owner.call("note.add", ["card": deal["id"] ?? .null, "text": numbered])
      _ = try await owner.call("reason.create", ["kind": "loss", "name": numbered])
    }
  }

  /// The highest id of anything in an inventory.
  static func highestNumber(in inventory: [String: JSON]) -> Int64 {
    inventory.values.map(highestNumber).max() ?? 0
  }

  private static func highestNumber(_ json: JSON) -> Int64 {
    switch json {
    case .array(let items): items.map(highestNumber).max() ?? 0
    case .object(let object):
      object.members.map { $0.name == "id" ? $0.value.int64 ?? 0 : highestNumber($0.value) }.max()
        ?? 0
    default: 0
    }
  }

  /// What the company has, to be compared later.
  func inventory() async throws -> [String: JSON] {
    var inventory: [String: JSON] = [:]
    for noun in ["pipeline", "team", "contact", "company", "lead", "deal", "reason"] {
      inventory[noun] = .array(try await owner.items("\(noun).list"))
    }
    for deal in inventory["deal"]?.array ?? [] {
      let id = deal["id"] ?? .null
      inventory["notes of \(id)"] = .array(try await owner.items("note.list", ["card": id]))
    }
    return inventory
  }
}
