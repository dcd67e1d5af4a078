internal import JSON

extension ConsoleContext {
  /// Prints an answer in the form asked for.
  func present(_ answer: Answer, unlessAsked fallback: OutputFormat = .table) {
    switch options.output ?? fallback {
    case .table:
      let lines = answer.lines(Page(width: width, style: style))
      output.write(lines.map { $0 + "\n" }.joined())
    case .json:
      output.line(TerminalText.json(answer.json.description))
    case .csv:
      let text = CSVWriter(guardsFormulas: !options.exactCSV).text(answer.csv)
      output.write(terminal.hasOutput ? CSVOnTerminal.shown(text) : text)
    }
  }

  /// A sentence about what was done; scripts that asked for JSON or CSV do not want it.
  func say(_ sentence: String) {
    errors.line(TerminalText.block(sentence))
  }
}
