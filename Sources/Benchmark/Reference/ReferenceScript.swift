internal import Features
internal import Postgres

/// A script for pgbench that runs a method's transactions: the very statements of the server, each
/// parameter replaced by one of pgbench's variables.
struct ReferenceScript {
  let operation: Operation
  let asker: Asker
  let form: ReferenceForm
  let ground: Ground

  /// The script.
  var text: String {
    switch operation {
    case .get, .list, .board:
      transaction([readContext] + reading)
    case .create:
      transaction([
        writeContext(action: nil), creation, audit(":create_method", before: nil),
        event(":create_method", stage: ":stage", before: nil),
      ])
    case .move:
      move
    case .convert:
      conversion
    }
  }

  /// Constants as pgbench's variables, `name=value`; texts with colons can stand nowhere else.
  var variables: [String] {
    [
      "first_tenant=\(ground.firstTenant)", "last_tenant=\(ground.lastTenant)",
      "deals=\(ground.deals)", "tenants=\(ground.tenants)", "slots=\(ground.deals / 4 / 64)",
      "tenant_version=\(ground.version)", "user=\(ground.user(asker))", "kind=deal",
      "now=2026-01-01T00:00:00Z", "title=Benchmark deal", "amount=125000.00", "fields={}",
      #"made={"to":11,"assignment":{"responsible":2,"way":"own","details":{}}}"#,
      "words={benchmark,deal}",
      "moved={\"from\":11,\"to\":12,\"stayed_s\":86400}", "no=f",
      "pipelines=\(ground.rights.pipelines)",
      "sets=\(ground.rights.sets)",
      "view_places=\(ground.rights.places("view"))",
      "view_people=\(ground.rights.people("view"))",
      "configure=\(ground.rights.configure)", "create_in=\(ground.rights.createIn)",
      "move_places=\(ground.rights.places("move"))",
      "move_people=\(ground.rights.people("move"))",
      "close_places=\(ground.rights.places("close"))",
      "close_people=\(ground.rights.people("close"))",
      "lead=lead", "won=won", "converted=converted", "yes=t", "own=own",
      "won_stage=\(ground.converted)",
      "convert_method=lead.convert",
      // Its clients among all that ever wrote: what earlier runs left in the audit stays.
      "run=\(Int64.random(in: 1...1 << 40) * 1000)", "open=open", "change=moved", "audited=0",
      "actor=user", "address=127.0.0.1",
      "request=1.1", "create_method=deal.create", "move_method=deal.move", "key=00000000",
      "mac=\\x" + String(repeating: "0", count: 64), "payload=\(Self.payload)",
    ]
      + ground.pipelines.enumerated().map { index, pipeline in
        "stages_\(index)={\(pipeline.stages.map(String.init).joined(separator: ","))}"
      }
  }

  // MARK: - The parts

  private var choice: String {
    switch operation {
    case .get:
      #"\set card random(1, :deals)"#
    case .list, .board:
      choiceOfPipeline
    case .create:
      // Ids that grow as the server's do, and that no other client takes.
      #"""
      \set made_cards :made_cards + 1
      \set card :behind + :made_cards * :clients + :client_id

      """# + choiceOfPipeline
    case .convert:
      // Each lead once: they are counted through, company by company.
      #"""
      \set made_cards :made_cards + 1
      \set place :made_cards * :clients + :client_id - :clients
      \set tenant :first_tenant + :place % :tenants
      \set source :deals + 1 + :place / :tenants
      \set card :behind + :place

      """# + choiceOfPipeline
    case .move:
      // Each client moves cards of its own, so that none is outrun by another.
      #"\set card 4 * (random(0, :slots - 1) * 64 + :client_id + 1)"#
    }
  }

  private var choiceOfPipeline: String {
    let cases = { (values: [Int64]) in
      values.enumerated().map { "when :pick = \($0) then \($1)" }.joined(separator: " ")
    }
    return """
      \\set pick random(0, \(ground.pipelines.count - 1))
      \\set pipeline case \(cases(ground.pipelines.map(\.id))) else 0 end
      \\set stage case \(cases(ground.pipelines.map { $0.open.first ?? 0 })) else 0 end
      """
  }

  private var begin: String {
    """
    \\set tenant random(:first_tenant, :last_tenant)
    \\set writer :run + :client_id
    \\set audited :audited + 1
    \(choice)

    """
  }

  private var readContext: String {
    switch asker {
    case .admin:
      Self.text(BenchmarkStatements.everything, [":tenant", ":tenant_version", ":user"])
    case .member:
      Self.text(
        BenchmarkStatements.memberRead, Self.memberDoor)
    }
  }

  private static let memberDoor: [String?] = [
    ":tenant", ":tenant_version", ":user", ":pipelines", ":sets",
    ":view_places", ":view_people",
  ]

  private func writeContext(
    action: String?, written: String = ReferenceStatements.written
  ) -> String {
    guard asker == .member else {
      return Self.text(
        BenchmarkStatements.everythingToWrite, [":tenant", ":tenant_version", ":user", "false"])
    }
    return Self.text(
      BenchmarkStatements.memberWrite,
      Self.memberDoor + [
        ":configure", ":create_in", action.map { ":\($0)_places" },
        action.map { ":\($0)_people" }, written, "false",
      ])
  }

  private var reading: [String] {
    switch operation {
    case .get:
      [Self.text(BenchmarkStatements.get, [":tenant", ":card", ":kind"])]
    case .list:
      [
        Self.text(
          BenchmarkStatements.listOfPipeline,
          [
            ":tenant", ":kind", "51", nil, ":pipeline", nil, nil, nil, nil, nil, nil, nil, nil,
            nil, nil, nil,
          ])
      ]
    case .board:
      [Self.text(BenchmarkStatements.boardCounts, [":tenant", ":pipeline"]), boardCards]
    case .move, .create, .convert: []
    }
  }

  /// The stages' list is another text for each pipeline, and pgbench computes no texts.
  private var boardCards: String {
    ground.pipelines.enumerated().map { index, pipeline in
      let statement = Self.text(
        BenchmarkStatements.boardCards, [":tenant", ":stages_\(index)", "\(pipeline.boardLimit)"])
      return (index == 0 ? "\\if" : "\\elif") + " :pick = \(index)\n\(statement);\n"
    }.joined() + "\\endif\n"
  }

  private var creation: String {
    Self.text(
      BenchmarkStatements.insert,
      [
        ":tenant", ":card", ":kind", ":pipeline", ":stage", ":title", ":amount", nil, nil, ":user",
        nil, ":fields", ":no", nil, ":no", ":user", ":now", ":made",
        ":words", ":no", nil, nil,
      ])
  }

  /// A card as the audit has it, once before and once after a move.
  private static let payload =
    #"{"id":5000,"kind":"deal","pipeline":2,"stage":11,"outcome":"open","title":"Benchmark deal","#
    + #""amount":{"amount":"125000.00","currency":"RUB"},"contact":null,"company":null,"#
    + #""responsible":2,"source":null,"fields":{},"repeat":false,"reason":null,"comment":null,"#
    + #""based_on":null,"created_at":"2026-01-01T00:00:00.000000Z","#
    + #""stage_entered_at":"2026-01-01T00:00:00.000000Z","#
    + #""touched_at":"2026-01-01T00:00:00.000000Z","closed_at":null,"version":1}"#

  /// The row that every change adds, numbered by each client for itself as servers do.
  private func audit(_ method: String, before: String?) -> String {
    Self.text(
      BenchmarkStatements.audit,
      [
        ":tenant", ":now", ":writer", ":audited", "0", ":actor", nil, ":user", ":user",
        ":address", ":request", method, ":kind", ":card::text", before, ":payload", ":key", ":mac",
      ])
  }

  /// The row of the feed that every change adds.
  private func event(
    _ method: String, stage: String, before: String?, place: String = ":audited"
  ) -> String {
    Self.text(
      BenchmarkStatements.event,
      [
        ":tenant", ":writer", place, ":now", method, ":kind", ":card", "2", ":user", ":card",
        "\(ground.pipelines[0].id)", stage, ":user", before, before == nil ? nil : ":user", nil,
        nil,
      ])
  }

  private func transaction(_ statements: [String]) -> String {
    let body = statements.map { $0.hasSuffix("\n") ? $0 : $0 + ";\n" }.joined()
    switch form {
    case .classic, .single:
      return begin + ReferenceStatements.begin + "\n" + body + ReferenceStatements.commit + "\n"
    case .pipelined:
      return begin + "\\startpipeline\n" + body + "\\endpipeline\n"
    }
  }

  private var move: String {
    let found = Self.text(BenchmarkStatements.getForStep, [":tenant", ":card", ":kind"])
    let cases = ground.nextStage.sorted { $0.key < $1.key }.map {
      "when :card_stage_id = \($0.key) then \($0.value)"
    }
    let choose = "\\set target case \(cases.joined(separator: " ")) else 0 end\n"
    let step =
      Self.text(
        BenchmarkStatements.step,
        [
          ":tenant", ":card", ":card_version", ":card_fields", ":target", ":open", nil, nil, nil,
          ":now", ":user", ":change", ":moved",
        ]) + ";\n"
    let read = found + " \\gset card_\n"
    let opened = ReferenceStatements.begin + "\n"
    let committed = ReferenceStatements.commit + "\n"
    let door = writeContext(action: "move") + ";\n"
    let told = event(":move_method", stage: ":target", before: ":card_stage_id") + ";\n"
    let audited = audit(":move_method", before: ":payload") + ";\n" + told
    switch form {
    case .classic:
      return begin + opened + readContext + ";\n" + read + committed + choose + opened + door + step
        + audited + committed
    case .single:
      return begin + opened + door + read + choose + step + audited + committed
    case .pipelined:
      // What was read can't be known within a pipeline.
      return begin + "\\startpipeline\n" + opened + door + "\\endpipeline\n" + read + choose
        + "\\startpipeline\n" + step + audited + committed + "\\endpipeline\n"
    }
  }

  private var conversion: String {
    let found =
      Self.text(BenchmarkStatements.getForStep, [":tenant", ":source", ":lead"]) + " \\gset lead_\n"
    let notes = Self.text(BenchmarkStatements.notes, [":tenant", ":source"]) + ";\n"
    let door = writeContext(action: "close", written: ReferenceStatements.bothWritten) + ";\n"
    let writes = [
      Self.text(
        BenchmarkStatements.step,
        [
          ":tenant", ":source", ":lead_version", ":lead_fields", ":won_stage", ":won", nil, nil,
          ":now",
          ":now", ":user", ":converted", ":moved",
        ]),
      Self.text(
        BenchmarkStatements.insert,
        [
          ":tenant", ":card", ":kind", ":pipeline", ":stage", ":title", ":amount", nil, nil,
          ":user",
          nil, ":lead_fields", ":no", ":source", ":yes", ":user", ":now", ":made", ":words", ":no",
          nil, nil,
        ]),
      Self.text(BenchmarkStatements.carry, [":tenant", ":source", ":card"]),
      Self.text(BenchmarkStatements.settle, [":tenant", ReferenceStatements.bothWritten]),
      audit(":convert_method", before: ":payload"),
      event(":convert_method", stage: ":won_stage", before: ":lead_stage_id"),
      event(
        ":create_method", stage: ":stage", before: nil, place: ReferenceStatements.furtherPlace),
    ].map { $0 + ";\n" }.joined()
    let opened = ReferenceStatements.begin + "\n"
    let committed = ReferenceStatements.commit + "\n"
    let looked = opened + readContext + ";\n"
    switch form {
    case .classic, .single:
      return begin + looked + found + committed + looked + notes + committed + opened + door
        + writes + committed
    case .pipelined:
      return begin + "\\startpipeline\n" + opened + door + "\\endpipeline\n" + found
        + "\\startpipeline\n" + notes + writes + committed + "\\endpipeline\n"
    }
  }

  /// A statement's text with each `$n` replaced.
  static func text(_ statement: Statement, _ values: [String?]) -> String {
    var result = ""
    var rest = Substring(statement.text)
    while let dollar = rest.firstIndex(of: "$") {
      let digits = rest[rest.index(after: dollar)...].prefix { $0.isWholeNumber }
      result += rest[..<dollar]
      if let number = Int(digits), values.indices.contains(number - 1) {
        result += values[number - 1] ?? ReferenceStatements.null
      }
      rest = rest[digits.endIndex...]
    }
    return result + rest
  }
}
