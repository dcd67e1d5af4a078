internal import JSON
internal import JSONRPC
internal import Testing

/// The errors as the protocol's table has them: number, kind, and what `data` adds.
@Suite struct RPCErrorTests {
  @Test func `Codes and kinds are the protocol's table and no more`() {
    let table: [(Int, String)] = [
      (-32700, "parse_error"), (-32600, "invalid_request"), (-32601, "method_not_found"),
      (-32602, "invalid_params"), (-32603, "internal"), (1001, "unauthenticated"),
      (1003, "forbidden"), (1004, "not_found"), (1009, "conflict"), (1022, "invalid"),
      (1023, "stage_rule"), (1029, "rate_limited"), (1040, "plan_limit"), (1041, "frozen"),
      (1050, "unavailable"), (1051, "unknown_outcome"),
    ]
    #expect(ErrorKind.allCases.map(\.rawValue) == table.map(\.1))
    #expect(ErrorKind.allCases.map(\.code) == table.map(\.0))
  }

  @Test(
    arguments: [
      (RPCError.unauthenticated(), ErrorKind.unauthenticated, ["kind"]),
      (.forbidden(needs: "edit"), .forbidden, ["kind", "needs"]),
      (.notFound(what: "card"), .notFound, ["kind", "what"]),
      (.conflict("It was changed.", version: 4), .conflict, ["kind", "version"]),
      (.conflict("The name is taken."), .conflict, ["kind"]),
      (.invalid([FieldProblem(path: "a", problem: "b")]), .invalid, ["kind", "fields"]),
      (
        .stageRule("Fill in amount.", data: [("missing", ["amount"])]), .stageRule,
        ["kind", "missing"]
      ),
      (.rateLimited(retryAfterMilliseconds: 5), .rateLimited, ["kind", "retry_after_ms"]),
      (
        .planLimit(limit: "users", max: 10, used: 10, plan: "start", liftedBy: nil), .planLimit,
        ["kind", "limit", "max", "used", "plan", "lifted_by"]
      ),
      (.frozen("Suspended.", state: "suspended"), .frozen, ["kind", "state"]),
      (.unavailable(retryAfterMilliseconds: 5), .unavailable, ["kind", "retry_after_ms"]),
      (.unknownOutcome(), .unknownOutcome, ["kind"]),
      (.methodNotFound("x"), .methodNotFound, ["kind"]),
      (.invalidRequest("Too long.", limit: 5), .invalidRequest, ["kind", "limit"]),
      (.positionalParameters(), .invalidParams, ["kind", "fields"]),
      (.internalError(incident: "abc"), .internal, ["kind", "incident"]),
    ] as [(RPCError, ErrorKind, [String])])
  func `Each error has its number, a sentence, its kind and what the table adds`(
    _ error: RPCError, _ kind: ErrorKind, _ members: [String]
  ) throws {
    let json = try JSONReader().read(error.json.bytes)
    #expect(json.object?.members.map(\.name) == ["code", "message", "data"])
    #expect(json["code"] == .integer(kind.code))
    #expect(json["data"]?["kind"] == .string(kind.rawValue))
    #expect(json["data"]?.object?.members.map(\.name) == members)
    let message = try #require(json["message"]?.string)
    #expect(message.hasSuffix(".") && message.first?.isUppercase == true)
    // A client reads the same error from it.
    #expect(RPCError(reading: json) == error)
  }

  @Test func `A plan's limit names the plan that lifts it, or none`() {
    let lifted = RPCError.planLimit(limit: "users", max: 1, used: 1, plan: "a", liftedBy: "b")
    #expect(lifted["lifted_by"] == "b")
    let stuck = RPCError.planLimit(limit: "users", max: 1, used: 1, plan: "a", liftedBy: nil)
    #expect(stuck["lifted_by"] == .null)
  }

  @Test func `What a client sent is cut in messages and absent from logs`() {
    let error = RPCError.methodNotFound(String(repeating: "я", count: 1000))
    #expect(error.message.count < 200)
    #expect("\(error)" == "method_not_found")
    let odd = RPCError.methodNotFound("a\"\n\u{1B}")
    #expect(!odd.json.bytes.contains(0x0A) && !odd.json.bytes.contains(0x1B))
  }

  @Test func `An error of a newer server is kept, what is no error is none`() {
    let newer = RPCError(reading: [
      "code": 1099, "message": "New.", "data": ["kind": "new", "a": 1],
    ])
    #expect(newer?.kind == "new" && newer?.code == 1099 && newer?["a"] == 1)
    #expect(RPCError(reading: ["code": 1, "message": "x"])?.kind == "unknown")
    #expect(RPCError(reading: ["message": "x"]) == nil)
    #expect(RPCError(reading: "x") == nil)
    #expect(RPCError(reading: ["code": "1", "message": "x"]) == nil)
  }

  @Test func `A notification is one line of its own`() throws {
    let line = Reply.notification(method: "event", parameters: RawJSON(["sequence": 5]))
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"jsonrpc":"2.0","method":"event","params":{"sequence":5}}"# + "\n")
  }

  @Test func `A batch of notifications alone gets no reply`() {
    #expect(Reply.line(batch: []) == nil)
  }
}
