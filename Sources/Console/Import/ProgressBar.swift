/// How far a long work has come, redrawn in place on standard error where that is a terminal.
final class ProgressBar {
  private let context: ConsoleContext
  private let total: Int
  private let style: Style
  private var shown = -1

  init(total: Int, context: ConsoleContext) {
    self.context = context
    self.total = max(1, total)
    style = Style(
      isColoured: context.options.colour.allows(
        isTerminal: context.terminal.hasErrors, environment: context.environment))
  }

  func show(_ done: Int, _ what: String) {
    let percent = min(100, done * 100 / total)
    guard context.terminal.hasErrors, percent != shown else { return }
    shown = percent
    let bar = FittedText.pad(Bar.drawn(share: Double(percent) / 100, width: 30), to: 30)
    let count = "\(Amount.grouped(Int64(done)))/\(Amount.grouped(Int64(total)))"
    context.errors.write("\r\u{1B}[K\(style(.cyan, bar)) \(percent)%  \(count)  \(what)")
  }

  /// Takes the bar away.
  func clear() {
    guard context.terminal.hasErrors, shown >= 0 else { return }
    context.errors.write("\r\u{1B}[K")
    shown = -1
  }
}
