internal import Foundation
internal import Glibc
internal import JSON
internal import JSONRPC

/// A board and a day on the whole screen: draws, waits for a key, does what it means, and draws again.
///
/// What others do is drawn as the server tells of it; a connection that breaks is made anew meanwhile.
final class Workplace {
  /// What is looked at.
  enum View {
    case board
    case day
  }

  let context: ConsoleContext
  let command: WorkCommand
  let line: WorkLine
  /// Those whose cards one may see, in their order.
  var pipelines: [JSON] = []
  var pipeline: JSON = .null
  var people: [Int64: String] = [:]
  /// Who works here; nil for what is not a person.
  var user: Int64?
  var settings: JSON = .null
  var calendar = Calendar.current
  var view = View.board
  var board = WorkBoard()
  var day = WorkDay()
  /// Whether only one's own cards are on the board.
  var isMine = false
  /// How many cards of each stage are asked for: more only of who goes down to the last of them.
  var cardsPerStage = fewCards
  static let fewCards = 100
  static let mostCards = 500
  /// What came of the last key.
  var status = ""

  /// Draws what is to be seen, at the screen's size of that moment.
  var picture: (_ columns: Int, _ lines: Int) -> Picture = { _, _ in Picture(body: [], bottom: "") }
  let screen: Screen
  var terminal: KeySource.Opened?
  /// Keys that came while a request was under way.
  var typedAhead: [Key] = []
  var hasNoMoreKeys = false
  var isStale = false
  var requests = 0
  let tell: @Sendable (WorkSignal) -> Void
  var waiting: AsyncStream<WorkSignal>.Iterator

  init(_ command: WorkCommand, session: Session, context: ConsoleContext) {
    self.command = command
    self.context = context
    screen = Screen(output: context.output)
    let (signals, signaller) = AsyncStream.makeStream(of: WorkSignal.self)
    waiting = signals.makeAsyncIterator()
    let tell: @Sendable (WorkSignal) -> Void = { signaller.yield($0) }
    self.tell = tell
    line = WorkLine(
      session, open: { try await Session.open(context) }, backoff: command.backoff,
      pause: command.pause, tell: tell)
  }

  /// The pipeline's kind: `lead` or `deal`, which its cards' methods are called by.
  var kind: String { pipeline["kind"]?.string ?? "deal" }

  /// The card that is chosen.
  var card: JSON? { view == .board ? board.card : day.row?.card }

  /// Works until `q` is pressed or the keys end. The terminal is as it was on every way out.
  func run() async throws {
    let terminal = try command.keys.open(tell)
    self.terminal = terminal
    defer { terminal.close() }
    screen.open()
    defer { screen.close() }
    let ticking = Task { [pause = command.pause, tell] in
      while true {
        try await pause(.seconds(60))
        tell(.tick)
      }
    }
    defer { ticking.cancel() }
    guard try await begin() else { return }
    while true {
      drawView()
      guard let key = try await nextKey()?.command else { return }
      switch key {
      case .character("q"), .endOfInput: return
      case .interrupt: throw WorkEnd.signal(SIGINT)
      default: try await attempt { try await act(on: key) }
      }
    }
  }

  /// Does something; what the server refuses, or what was typed wrongly, stands at the bottom.
  func attempt(_ work: () async throws -> Void) async throws {
    status = ""
    do {
      try await work()
    } catch ConsoleFailure.server(let error) {
      status = TerminalText.line(Self.sentence(error))
      // What was acted on is gone from one's eyes: it does not stay on the screen.
      if error.kind == ErrorKind.notFound.rawValue { isStale = true }
    } catch ConsoleFailure.usage(let text) {
      status = TerminalText.line(text)
    }
  }

  /// What the server refused, in one line: what it says of single members, where it does.
  private static func sentence(_ error: RPCError) -> String {
    let fields = (error["fields"]?.array ?? []).map {
      "\(CellText.exact($0["path"])): \(CellText.exact($0["problem"]))"
    }
    return fields.isEmpty ? error.message : fields.joined(separator: "; ")
  }

  // MARK: - Beginning

  /// Learns who works here and on what; false where no pipeline was chosen.
  private func begin() async throws -> Bool {
    if let session = line.session {
      // Before the board is asked for: what happens in between is told.
      try await line.feed.follow(session, number: line.number)
    }
    try await learn()
    if let text = command.pipeline {
      let found = try await online { try await Directory(session: $0).pipeline(text) }
      pipeline = pipelines.first { $0["id"] == found["id"] } ?? found
    } else {
      let deals = pipelines.filter { $0["kind"] == "deal" }
      let offered = deals.count == 1 ? deals : pipelines
      guard !offered.isEmpty else {
        throw ConsoleFailure.usage("There is no pipeline yet whose cards you may see.")
      }
      guard let index = offered.count == 1 ? 0 : try await choosePipeline(offered) else {
        return false
      }
      pipeline = offered[index]
    }
    try await reload()
    board.chooseAny()
    return true
  }

  /// What changes seldom.
  func learn() async throws {
    let known = try await online { session in
      (
        pipelines: try await session.items("pipeline.list"),
        people: try await Directory(session: session).userNames(),
        principal: try await session.call("auth.whoami")["principal"],
        settings: try await session.ifAllowed("settings.get")
      )
    }
    pipelines = known.pipelines.filter { pipeline in
      pipeline["archived"] != true && Directory.allows("view", pipeline)
    }
    people = known.people
    user = known.principal?["user"]?["id"]?.int64
    settings = known.settings
    calendar = command.calendar ?? Calendar(company: settings)
    pipeline = pipelines.first { $0["id"] == pipeline["id"] } ?? pipeline
  }

  private func choosePipeline(_ pipelines: [JSON]) async throws -> Int? {
    try await choose("Which pipeline?", pipelines.map { $0["name"]?.string ?? "" })
  }

  /// Asks for the board, or the day, anew.
  func reload() async throws {
    isStale = false
    switch view {
    case .board:
      _ = line.feed.takeNews(of: pipeline["id"]?.int64)
      var parameters: JSONObject = [
        "pipeline": pipeline["id"] ?? .null, "limit": .integer(cardsPerStage),
      ]
      if isMine { parameters["responsible"] = user.map { .integer($0) } }
      board.take(try await call("deal.board", .object(parameters)), pipeline: pipeline)
    case .day:
      _ = line.feed.takeNews(of: nil)
      day.take(try await call("activity.my_day"), now: command.now())
    }
  }
}

extension Session {
  /// The answer, or null where one may not ask for it or there is none.
  func ifAllowed(_ method: String, _ params: JSON? = nil) async throws -> JSON {
    do {
      return try await call(method, params)
    } catch ConsoleFailure.server(let error)
      where !WorkLine.isFinal(error) && !WorkLine.isPassing(error)
    {
      return .null
    }
  }
}
