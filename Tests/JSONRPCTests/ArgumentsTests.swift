internal import JSON
internal import JSONRPC
internal import Testing

/// Params read against declarations: everything wrong at once, each under its path.
@Suite struct ArgumentsTests {
  enum Outcome: String, CaseIterable { case any, open, won, lost }

  private static let title = Member<String>.text("title", length: 1...10, "The title.")
  private static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline.")
  private static let outcome = Member<Outcome>.choice("outcome", "How it stands.")
  private static let name = Member<String>.text("name", "The name.")
  private static let email = Member<String>.text("email", "The address.")
  private static let contact = Member<Arguments>.object(
    "contact", [.required(name), .optional(email)], "The client.")
  private static let stages = Member<[Arguments]>.array(
    "stages", of: .object("", [.required(name)], "A stage."), count: 1...3, "The stages.")
  private static let limit = Member<Int64>.integer("limit", 1...500, "How many.").orNull()
  private static let declarations: [MemberDeclaration] = [
    .required(title), .optional(pipeline), .optional(outcome), .clearable(contact),
    .optional(stages),
  ]

  @Test func `Everything wrong is told at once, each under its path`() throws {
    let problems = try problems(
      """
      {"pipeline":0,"outcome":"closed","contact":{"email":"","phone":"1"},
       "stages":[{"name":"a"},{"name":""},{}],"colour":"red"}
      """)
    #expect(
      problems.map(\.path) == [
        "title", "pipeline", "outcome", "contact.name", "contact.email", "contact.phone",
        "stages[1].name", "stages[2].name", "colour",
      ])
    #expect(problems[0].problem == "is missing")
    #expect(problems[2].problem == "has to be one of any, open, won, lost")
    #expect(problems[5].problem == "is unknown; the members are name, email")
    #expect(problems[8].problem.contains("title, pipeline, outcome, contact, stages"))
  }

  @Test func `An unknown member is named also where none is taken`() {
    let result = Arguments.decode(["a": 1], against: [])
    guard case .failure(let error) = result else { return #expect(Bool(false)) }
    #expect(error.code == -32602)
    #expect(error["fields"]?[0] == ["path": "a", "problem": "is unknown; no members are taken"])
  }

  @Test func `A flood of problems is cut, a long name too`() throws {
    let many = JSONObject((0..<1000).map { ("m\($0)", 1) })
    let result = Arguments.decode(many, against: [])
    guard case .failure(let error) = result else { return #expect(Bool(false)) }
    #expect(error["fields"]?.array?.count == 50)
    let long = try problems(#"{"title":"a","\#(String(repeating: "x", count: 5000))":1}"#)
    #expect(long[0].path.count == 65)
  }

  @Test func `Absent, null and a value differ where they should`() throws {
    let absent = try read(#"{"title":"a"}"#)
    #expect(absent[Self.title] == "a")
    #expect(absent[optional: Self.pipeline] == nil && !absent.has("pipeline"))
    #expect(!absent.change(Self.contact).isChange)
    let null = try read(#"{"title":"a","pipeline":null,"contact":null}"#)
    #expect(null[optional: Self.pipeline] == nil && !null.has("pipeline"))
    guard case .clear = null.change(Self.contact) else { return #expect(Bool(false)) }
    #expect(null.has("contact") && null[optional: Self.contact] == nil)
    let value = try read(#"{"title":"a","pipeline":5,"contact":{"name":"Пётр"}}"#)
    #expect(value[optional: Self.pipeline] == 5)
    #expect(value.change(Self.contact).value?[Self.name] == "Пётр")
    #expect(value.names == ["title", "pipeline", "contact"])
    #expect(try problems(#"{"title":null}"#).map(\.problem) == ["must not be null"])
  }

  @Test func `Where null is a value of its own, it is read as one and must still be there`() throws
  {
    let declarations: [MemberDeclaration] = [.required(Self.limit)]
    let none = try Arguments.decode(["limit": nil], against: declarations).get()
    #expect(none[Self.limit] == nil)
    let some = try Arguments.decode(["limit": 5], against: declarations).get()
    #expect(some[Self.limit] == 5)
    #expect(throws: RPCError.self) { try Arguments.decode([:], against: declarations).get() }
    #expect(throws: RPCError.self) {
      try Arguments.decode(["limit": 0], against: declarations).get()
    }
  }

  @Test func `No params are read like an empty object`() throws {
    _ = try Arguments.decode(nil, against: [.optional(Self.title)]).get()
    #expect(throws: RPCError.self) {
      try Arguments.decode(nil, against: [.required(Self.title)]).get()
    }
  }

  @Test(
    arguments: [
      ("1", nil), ("0", "has to be at least 1"), ("-5", "has to be at least 1"),
      ("1.0", "has to be a whole number"), ("1e2", "has to be a whole number"),
      (#""1""#, "has to be a whole number"), ("9223372036854775808", "has to be a whole number"),
      ("true", "has to be a whole number"), ("[]", "has to be a whole number"),
    ] as [(String, String?)])
  func `An id is a whole number from 1, written as one`(_ text: String, _ problem: String?) throws {
    let found = try problems(#"{"title":"a","pipeline":\#(text)}"#)
    #expect(found.map(\.problem) == (problem.map { [$0] } ?? []))
  }

  @Test(arguments: [
    ("Кухня", true), ("", false), ("   ", false), ("\u{A0}\u{2003}", false), ("a\tb", false),
    ("a\nb", false), ("a\u{1B}[31m", false), ("a\u{85}b", false), ("a\u{7F}", false),
    ("a\u{2028}b", false), ("a\u{2029}b", false), ("1234567890", true), ("12345678901", false),
    ("😀😀😀😀😀😀😀😀😀😀", true), ("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", false),
  ]) func `A text is one line of so many code points without control characters`(
    _ text: String, _ isTaken: Bool
  ) {
    #expect(taken(Self.title, .string(text)) == isTaken)
    #expect(!taken(Self.title, 5))
  }

  @Test func `A long text may have lines, an opaque one anything`() {
    let long = Member<String>.longText("comment", "A comment.")
    #expect(taken(long, "a\r\n\tb") && !taken(long, " \n ") && !taken(long, "a\u{1B}"))
    let opaque = Member<String>.opaqueText("password", length: 2...4, "A password.")
    #expect(taken(opaque, "\u{1B}\n ") && !taken(opaque, "a") && !taken(opaque, "abcde"))
  }

  @Test func `Numbers, truths, times and dates are read by their own rules`() {
    let number = Member<Double>.number("n", 0...1, "A share.")
    #expect(taken(number, 0.5) && taken(number, 1) && !taken(number, 1.5) && !taken(number, "0.5"))
    let truth = Member<Bool>.boolean("t", "Whether.")
    #expect(taken(truth, true) && !taken(truth, 1) && !taken(truth, "true"))
    let time = Member<WireTimestamp>.timestamp("t", "When.")
    #expect(taken(time, "2025-03-01T09:30:00+03:00") && !taken(time, "2025-03-01T09:30:00"))
    let date = Member<WireDate>.date("d", "The day.")
    #expect(taken(date, "2024-02-29") && !taken(date, "2023-02-29") && !taken(date, 5))
  }

  @Test func `Exactly one of some members is taken`() throws {
    let to = Member<Arguments>.exactlyOne(
      "to",
      of: [
        .optional(Member<Int64>.identifier("user", "A person.")),
        .optional(Member<Int64>.identifier("team", "A team.")),
      ], "To whom.")
    #expect(taken(to, ["user": 1]) && taken(to, ["team": 2]))
    #expect(
      !taken(to, [:]) && !taken(to, ["user": 1, "team": 2]) && !taken(to, ["everyone": true]))
    #expect(!taken(to, 5) && !taken(to, ["user": 0]))
    #expect(!taken(to, ["user": nil]))
  }

  @Test func `Lists, dictionaries and alternatives tell where they are wrong`() throws {
    #expect(try problems(#"{"title":"a","stages":[]}"#)[0].problem.contains("1 to 3"))
    #expect(try problems(#"{"title":"a","stages":{}}"#)[0].problem == "has to be an array")
    let dictionary = Member<[(name: String, value: Int64)]>.dictionary(
      "limits", of: .integer("", "A limit."), "Limits.")
    let read = try Arguments.decode(["limits": ["b": 1, "a": 2]], against: [.required(dictionary)])
      .get()[dictionary]
    #expect(read.map(\.name) == ["b", "a"] && read.map(\.value) == [1, 2])
    let wrong = Arguments.decode(["limits": ["b": "x"]], against: [.required(dictionary)])
    guard case .failure(let error) = wrong else { return #expect(Bool(false)) }
    #expect(error["fields"]?[0]?["path"] == "limits.b")
    let either = Member<Int64>.oneOf(
      "one", [.integer("", 1...5, "Few."), .integer("", 100...200, "Many.")], "Few or many.")
    #expect(taken(either, 3) && taken(either, 150) && !taken(either, 50))
  }

  @Test func `A value may be read further, with problems under the same path`() throws {
    let even = Self.pipeline.map { value -> Result<Int64, FieldProblems> in
      value % 2 == 0 ? .success(value / 2) : .problem("has to be even")
    }
    #expect(try Arguments.decode(["pipeline": 8], against: [.required(even)]).get()[even] == 4)
    let odd = Arguments.decode(["pipeline": 7], against: [.required(even)])
    guard case .failure(let error) = odd else { return #expect(Bool(false)) }
    #expect(error["fields"]?[0] == ["path": "pipeline", "problem": "has to be even"])
    #expect(taken(Self.pipeline.renamed("stage"), 5))
  }

  private func taken<Value>(_ member: Member<Value>, _ json: JSON) -> Bool {
    if case .success = Arguments.decode(
      JSONObject([(member.name, json)]), against: [.required(member)])
    {
      true
    } else {
      false
    }
  }

  private func read(_ text: String) throws -> Arguments {
    try Arguments.decode(try JSONReader().read(text).object, against: Self.declarations).get()
  }

  private func problems(_ text: String) throws -> [FieldProblem] {
    let object = try JSONReader().read(text).object
    guard case .failure(let error) = Arguments.decode(object, against: Self.declarations) else {
      return []
    }
    return try #require(error["fields"]?.array).map {
      FieldProblem(path: $0["path"]?.string ?? "?", problem: $0["problem"]?.string ?? "?")
    }
  }
}
