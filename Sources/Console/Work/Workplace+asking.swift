internal import Foundation
internal import JSON

/// Drawing, and asking the person.
extension Workplace {
  // MARK: - Drawing

  /// Draws the same again: at another size, or with another status.
  func redraw() {
    let size = command.keys.size()
    let style = context.style
    let fit = { (text: String) in FittedText.fit(text, to: size.columns) }
    // What was refused, and why, is to be read whole.
    let words = WrappedText.lines(line.trouble ?? status, width: size.columns, indent: 0).prefix(3)
    let below = words.map { line.isUp ? fit($0) : style(.yellow, fit($0)) }
    let height = max(1, size.lines - 2 - below.count)
    let shown = picture(size.columns, height)
    let body = shown.body.prefix(height)
    let filled = body + Array(repeating: "", count: height - body.count)
    screen.draw([style(.bold, fit(heading))] + filled + below + [style(.faint, shown.bottom)])
  }

  /// Draws something else.
  func draw(_ picture: @escaping (_ columns: Int, _ lines: Int) -> Picture) {
    self.picture = picture
    redraw()
  }

  private var heading: String {
    switch view {
    case .day: return "My day · \(TerminalText.line(day.date))"
    case .board:
      let open = board.columns.reduce(0) { $0 + $1.count }
      let stage = board.columns.indices.contains(board.column) ? board.columns[board.column] : nil
      let parts = [
        pipeline["name"]?.string ?? "", "\(Amount.grouped(open)) open", isMine ? "mine" : "",
        stage.map { $0.hint.isEmpty ? "" : "\($0.name): \($0.hint)" } ?? "",
      ]
      return TerminalText.line(parts.filter { !$0.isEmpty }.joined(separator: " · "))
    }
  }

  /// Draws the board, or the day.
  func drawView() {
    draw { [unowned self] columns, lines in
      let body: [String]
      switch view {
      case .board:
        body =
          WorkBoardDrawing(
            board: board, people: people, style: context.style, columns: columns, lines: lines,
            moments: moments
          ).drawn()
      case .day:
        day.pass(to: command.now())
        body =
          WorkDayDrawing(
            day: day, style: context.style, columns: columns, lines: lines, moments: moments
          ).drawn()
      }
      return Picture(body: body, bottom: FittedText.fit(WorkHelp.line(view), to: columns))
    }
  }

  /// How moments are written here.
  var moments: SellerMoment { SellerMoment(calendar: calendar, now: command.now()) }

  // MARK: - Asking

  private static let roomForAnswers = 20

  /// A line that is typed at the bottom, beginning with what is there already; nil where it was given up.
  func ask(_ question: String, present: String = "") async throws -> String? {
    var editor = LineEditor(TerminalText.line(present))
    let behind = picture
    let question = TerminalText.line(question) + ":"
    while true {
      let typed = TerminalText.line(editor.text)
      draw { columns, lines in
        let isShort = DisplayWidth.of(question) + Self.roomForAnswers <= columns
        // What is asked stays in sight: where it leaves no room for an answer, it stands above.
        let above =
          isShort
          ? []
          : WrappedText.lines(question, width: columns, indent: 0).prefix(lines / 2)
            .map { FittedText.fit($0, to: columns) }
        let body = behind(columns, lines - above.count).body.prefix(lines - above.count)
        let gap = Array(repeating: "", count: lines - above.count - body.count)
        let line = isShort ? "\(question) \(typed)" : typed
        return Picture(
          body: above.isEmpty ? Array(body) : body + gap + above,
          bottom: FittedText.keepingEnd(of: line, to: columns - 1) + "▏")
      }
      switch editor.press(try await keyWhileAsking()) {
      case .goesOn: continue
      case .done(let text): return text
      case .givenUp: return nil
      }
    }
  }

  /// One of a list, chosen by its number or with the arrows; nil where it was given up.
  func choose(_ question: String, _ names: [String], at first: Int = 0) async throws -> Int? {
    guard !names.isEmpty else {
      status = TerminalText.line("\(question): there is nothing to choose from.")
      return nil
    }
    let style = context.style
    var chosen = min(first, names.count - 1)
    var digits = ""
    while true {
      let present = chosen
      draw { columns, lines in
        let room = max(1, lines - 2)
        let start = max(0, min(present - room / 2, names.count - room))
        let items = names.enumerated().dropFirst(start).prefix(room).map { index, name in
          let text = FittedText.cut("\(index + 1). " + TerminalText.line(name), to: columns - 2)
          return index == present ? style(.inverse, "▸ " + text) : "  " + text
        }
        let title = style(.bold, FittedText.cut(TerminalText.line(question), to: columns))
        return Picture(
          body: [title, ""] + items,
          bottom: FittedText.cut("A number or ↑ ↓, then Enter; Esc gives up.", to: columns))
      }
      switch try await keyWhileAsking().command {
      case .up, .character("k"): (chosen, digits) = (max(0, chosen - 1), "")
      case .down, .character("j"): (chosen, digits) = (min(names.count - 1, chosen + 1), "")
      case .pageUp, .home: (chosen, digits) = (0, "")
      case .pageDown, .end: (chosen, digits) = (names.count - 1, "")
      case .character(let digit) where digit.isASCIIDigit:
        digits.append(digit)
        if let number = Int(digits), names.indices.contains(number - 1) {
          chosen = number - 1
        } else {
          digits = String(digit)
          if let number = Int(digits), names.indices.contains(number - 1) { chosen = number - 1 }
        }
      case .enter: return chosen
      case .escape, .interrupt, .endOfInput, .character("q"): return nil
      default: break
      }
    }
  }

  /// A moment; nil where it was given up or can't be read, which the status says.
  func askMoment(_ question: String, present: String = "") async throws -> String? {
    let asked = "\(question) (15:30, tomorrow 10:00, +2d, 26.11 15:00)"
    guard let text = try await ask(asked, present: present), !text.isEmpty else { return nil }
    guard let moment = WhenText.moment(text, now: command.now(), calendar: calendar) else {
      status = TerminalText.line("\"\(text)\" is no moment: write 15:30, tomorrow 10:00, +2d.")
      return nil
    }
    return moment
  }

  /// Lines to be read until a key is pressed that does not scroll; gives that key.
  @discardableResult
  func show(
    bottom: String = "Any key goes back.", _ lines: @escaping (_ columns: Int) -> [String]
  ) async throws -> Key {
    // Where one scrolled to; what is drawn begins there as far as the screen of that moment leaves lines to show.
    var start = 0
    while true {
      let wanted = start
      draw { columns, height in
        let all = lines(columns)
        let last = max(0, all.count - height)
        return Picture(
          body: Array(all.dropFirst(min(wanted, last)).prefix(height)),
          bottom: FittedText.cut(last > 0 ? "↑ ↓ scroll. " + bottom : bottom, to: columns))
      }
      let key = try await keyWhileAsking()
      let size = command.keys.size()
      let (count, room) = (lines(size.columns).count, max(1, size.lines - 3))
      let last = max(0, count - room)
      start = min(start, last)
      switch key.command {
      case .down, .character("j"): start = min(last, start + 1)
      case .up, .character("k"): start = max(0, start - 1)
      case .pageDown, .character(" "): start = min(last, start + room)
      case .pageUp: start = max(0, start - room)
      case .home: start = 0
      case .end: start = last
      default: return key
      }
    }
  }
}
