internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Every method by every role with everybody's things: done, refused by name, or as if it had never been.
@Suite("Isolation of all methods by all roles by whose it is")
struct MatrixTests {
  @Test("Every case of every method has its row in the table of expectations")
  func completeness() {
    for (method, cases) in IsolationCases.all where Self.isOfCompany(method) {
      #expect(MatrixTable.all[method]?.count == cases.count, "\(method)")
    }
    let known = Set(IsolationCases.all.keys.filter(Self.isOfCompany))
    #expect(Set(MatrixTable.all.keys).subtracting(known).sorted() == [])
  }

  @Test(
    "Each role does what is its own, is refused what it sees, and knows nothing of the rest",
    arguments: MatrixRole.allCases)
  func matrix(role: MatrixRole) async throws {
    let scene = try await MatrixScene.make(for: role)
    // Grants come last, since giving them changes who sees what.
    let methods = IsolationCases.all.keys.filter(Self.isOfCompany).sorted {
      ($0.hasPrefix("grant.") ? 1 : 0, $0) < ($1.hasPrefix("grant.") ? 1 : 0, $1)
    }
    var allowed = 0
    for method in methods {
      for (item, rule) in zip(IsolationCases.all[method] ?? [], MatrixTable.all[method] ?? []) {
        allowed += try await scene.check(method, item, rule, as: role)
      }
    }
    // Control: there is something that each may do.
    #expect(role == .operator || allowed > 20)
  }

  @Test(
    "The operator's methods are shut to every role of a company, whatever they name",
    arguments: MatrixRole.allCases.filter { $0 != .operator })
  func operatorsMethods(role: MatrixRole) async throws {
    let scene = try await MatrixScene.make(for: role)
    for (method, cases) in IsolationCases.all where IsolationScene.kinds[method] == "operator" {
      for item in cases {
        for whose in [Ownership.own, .otherTenants, .never] {
          let things = try #require(scene.things[whose])
          let refusal = try await scene.asker.refusal(method, item.parameters(things, things))
          #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "operator", "\(method)")
        }
      }
    }
  }

  /// What is neither the operator's nor about the connection itself.
  static func isOfCompany(_ method: String) -> Bool {
    let open = ["auth.", "system.", "rpc."]
    return IsolationScene.kinds[method] != "operator" && !open.contains { method.hasPrefix($0) }
  }
}
