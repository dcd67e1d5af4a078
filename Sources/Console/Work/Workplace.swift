internal import Foundation
internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// A board on the whole screen: draws, waits for a key, does what it means, and draws again.
///
/// What others do is drawn as the server tells of it.
final class Workplace {
  let session: Session
  let directory: Directory
  let context: ConsoleContext
  let command: WorkCommand
  let pipeline: JSON
  var board = WorkBoard()
  /// What came of the last key.
  var status = ""

  private let screen: Screen
  private var people: [Int64: String] = [:]
  private let signals: AsyncStream<WorkSignal>
  private let signaller: AsyncStream<WorkSignal>.Continuation
  private var waiting: AsyncStream<WorkSignal>.Iterator
  private var isStale = false

  init(_ command: WorkCommand, session: Session, context: ConsoleContext) async throws {
    self.command = command
    self.session = session
    self.context = context
    directory = Directory(session: session)
    pipeline = try await directory.pipeline(command.pipeline)
    screen = Screen(output: context.output)
    (signals, signaller) = AsyncStream.makeStream(of: WorkSignal.self)
    waiting = signals.makeAsyncIterator()
  }

  /// The pipeline's kind: `lead` or `deal`, which its cards' methods are called by.
  var kind: String { pipeline["kind"]?.string ?? "deal" }

  func run() async throws {
    people = try await directory.userNames()
    // Before the board is asked for: what happens in between is told.
    let listening = await listen()
    defer { listening?.cancel() }
    try await reload()
    let keys = try command.keys.open()
    defer { keys.close() }
    screen.open()
    defer { screen.close() }
    let typing = Task { [signaller, stream = keys.keys] in
      for await key in stream { signaller.yield(.key(key)) }
      signaller.yield(.ended)
    }
    defer { typing.cancel() }
    while true {
      draw()
      guard let key = try await nextKey(), key != .interrupt, key != .character("q") else { return }
      status = ""
      do {
        try await act(on: key)
      } catch ConsoleFailure.server(let error) {
        status = TerminalText.line(Self.sentence(error))
      } catch ConsoleFailure.usage(let text) {
        status = TerminalText.line(text)
      }
    }
  }

  /// What the server refused, in one line: what it says of single members, where it does.
  private static func sentence(_ error: RPCError) -> String {
    let fields = (error["fields"]?.array ?? []).map {
      "\(CellText.exact($0["path"])): \(CellText.exact($0["problem"]))"
    }
    return fields.isEmpty ? error.message : fields.joined(separator: "; ")
  }

  // MARK: - Waiting

  /// The server's word that something changed; nil where its plan or one's rights have no events.
  private func listen() async -> Task<Void, Never>? {
    let started = try? await session.call(
      "event.subscribe", ["pipelines": [pipeline["id"] ?? .null]])
    guard started != nil else { return nil }
    let notifications = session.connection.notifications
    return Task { [signaller] in
      do {
        for try await notification in notifications where notification.method == "event" {
          signaller.yield(.changed)
        }
      } catch {
        // The next request says that the connection broke.
      }
    }
  }

  /// The next key; the board follows what others do meanwhile. Nil once there are no more.
  private func nextKey() async throws -> Key? {
    while let signal = await waiting.next(isolation: #isolation) {
      switch signal {
      case .key(let key):
        if isStale { try await reload() }
        return key
      case .changed:
        try await reload()
        draw()
      case .ended: return nil
      }
    }
    return nil
  }

  /// A key while something is being asked: the board waits.
  private func keyWhileAsking() async -> Key {
    while let signal = await waiting.next(isolation: #isolation) {
      switch signal {
      case .key(let key): return key
      case .changed: isStale = true
      case .ended: return .interrupt
      }
    }
    return .interrupt
  }

  // MARK: - Drawing

  /// Asks for the board anew.
  func reload() async throws {
    isStale = false
    let answer = try await session.call(
      "deal.board", ["pipeline": pipeline["id"] ?? .null, "limit": 100])
    board.take(answer, pipeline: pipeline)
  }

  private func draw(_ body: [String]? = nil, bottom: String? = nil) {
    let size = command.keys.size()
    let style = context.style
    let fit = { (text: String) in FittedText.fit(text, to: size.columns) }
    let open = board.columns.reduce(0) { $0 + $1.count }
    let title = TerminalText.line(pipeline["name"]?.string ?? "")
    let height = max(3, size.lines - 3)
    let lines =
      body
      ?? WorkBoardDrawing(
        board: board, people: people, style: style, columns: size.columns, lines: height
      ).drawn()
    let filled = lines.prefix(height) + Array(repeating: "", count: max(0, height - lines.count))
    screen.draw(
      [style(.bold, fit("\(title) · \(Amount.grouped(open)) open"))] + filled
        + [fit(status), bottom ?? style(.faint, fit(WorkHelp.line))])
  }

  // MARK: - Asking

  /// A line that is typed at the bottom; nil where it was given up.
  func ask(_ question: String) async -> String? {
    var editor = LineEditor()
    while true {
      draw(bottom: TerminalText.line("\(question): \(editor.text)") + "▏")
      switch editor.press(await keyWhileAsking()) {
      case .goesOn: continue
      case .done(let text): return text
      case .givenUp: return nil
      }
    }
  }

  /// One of a list, chosen by its number or with the arrows; nil where it was given up.
  func choose(_ question: String, _ names: [String]) async -> Int? {
    guard !names.isEmpty else {
      status = "\(question): there is nothing to choose from."
      return nil
    }
    var chosen = 0
    var digits = ""
    while true {
      let room = max(1, command.keys.size().lines - 5)
      let start = max(0, min(chosen - room / 2, names.count - room))
      let lines = names.enumerated().dropFirst(start).prefix(room).map { index, name in
        let text = " \(index + 1). " + TerminalText.line(name)
        return index == chosen ? context.style(.inverse, "▸" + text) : " " + text
      }
      draw(
        [context.style(.bold, question), ""] + lines,
        bottom: "A number or ↑ ↓, then Enter; Esc gives up.")
      switch await keyWhileAsking() {
      case .up, .character("k"): (chosen, digits) = (max(0, chosen - 1), "")
      case .down, .character("j"): (chosen, digits) = (min(names.count - 1, chosen + 1), "")
      case .character(let digit) where digit.isASCIIDigit:
        digits.append(digit)
        if let number = Int(digits), names.indices.contains(number - 1) {
          chosen = number - 1
        } else {
          digits = String(digit)
          if let number = Int(digits), names.indices.contains(number - 1) { chosen = number - 1 }
        }
      case .enter: return chosen
      case .escape, .interrupt, .character("q"): return nil
      default: break
      }
    }
  }

  /// A moment; nil where it was given up or can't be read, which the status says.
  func askMoment(_ question: String) async -> String? {
    guard let text = await ask("\(question) (15:30, tomorrow 10:00, +2d, 26.11 15:00)"),
      !text.isEmpty
    else { return nil }
    guard
      let moment = WhenText.moment(text, now: command.now(), calendar: command.calendar)
    else {
      status = TerminalText.line("\"\(text)\" is no moment: write 15:30, tomorrow 10:00, +2d.")
      return nil
    }
    return moment
  }

  /// Lines to be read until a key is pressed.
  func show(_ lines: [String]) async {
    var start = 0
    while true {
      let room = max(1, command.keys.size().lines - 3)
      draw(
        Array(lines.dropFirst(start).prefix(room)),
        bottom: lines.count > room ? "↑ ↓ scroll, any other key goes back." : "Any key goes back.")
      switch await keyWhileAsking() {
      case .down, .character("j"): start = min(max(0, lines.count - room), start + 1)
      case .up, .character("k"): start = max(0, start - 1)
      case .pageDown: start = min(max(0, lines.count - room), start + room)
      case .pageUp: start = max(0, start - room)
      default: return
      }
    }
  }
}
