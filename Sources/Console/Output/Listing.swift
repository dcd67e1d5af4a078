internal import JSON

/// A list of the server's as a table of chosen columns.
struct Listing {
  struct Column: Sendable {
    let title: String
    let alignment: FittedText.Alignment
    let cell: @Sendable (JSON) -> String

    init(
      _ title: String, _ alignment: FittedText.Alignment = .left,
      _ cell: @escaping @Sendable (JSON) -> String
    ) {
      self.title = title
      self.alignment = alignment
      self.cell = cell
    }

    /// A column of one member, as people read it.
    static func member(
      _ name: String, _ title: String? = nil, _ alignment: FittedText.Alignment = .left
    ) -> Column {
      Column(title ?? name.uppercased().replacing("_", with: " "), alignment) {
        CellText.plain($0[name])
      }
    }
  }

  /// The answer that shows items in those columns.
  static func answer(
    json: JSON, items: [JSON], columns: [Column], ifEmpty: String = "Nothing there.",
    origin: Origin? = nil
  ) -> Answer {
    Answer(json: json, rows: .array(items), origin: origin) { page in
      guard !items.isEmpty else { return [ifEmpty] }
      var table = TextTable(columns.map { TextTable.Column($0.title, $0.alignment) })
      for item in items { table.append(columns.map { $0.cell(item) }) }
      return table.lines(width: page.width, style: page.style)
    }
  }
}
