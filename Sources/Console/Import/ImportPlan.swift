internal import JSON

/// What is going to be imported: the mapping, the files it reads, and what was learnt by reading all
/// of them once, before anything is sent.
struct ImportPlan {
  struct File {
    let source: SourceFile
    var maker: RowMaker
    let rowCount: Int
  }

  let mapping: ImportMapping
  private(set) var files: [File]
  let references: References

  /// Reads all files through, so that a file that is no CSV stops the work before it begins.
  init(_ mapping: ImportMapping, folder: String) throws {
    var references = References()
    var files: [File] = []
    for file in mapping.files {
      guard !file.file.contains("/") else {
        throw ConsoleFailure.usage("Mapping: \(file.file) must stand in the folder itself.")
      }
      let source = try SourceFile(path: folder + "/" + file.file, name: file.file)
      let maker = try RowMaker(file, header: source.header)
      var reader = try CSVReader(
        path: source.path, name: source.name, delimiter: file.delimiter)
      _ = try reader.next()
      var count = 0
      var mentioned = Set<String>()
      while let record = try reader.next() {
        if !file.isMentioned { count += 1 }
        // Deals refer to others and, but for events, nobody to them.
        guard file.kind != .stageEvent else { continue }
        var none = References()
        for row in (try? maker.rows(record, references: &none)) ?? [] {
          guard let id = row["external_id"]?.string else { continue }
          references.add(id, file.kind)
          mentioned.insert(id)
        }
      }
      if file.isMentioned { count = mentioned.count }
      files.append(File(source: source, maker: maker, rowCount: count))
    }
    let order = ImportKind.allCases
    self.files = files.sorted {
      (order.firstIndex(of: $0.maker.mapping.kind) ?? 0)
        < (order.firstIndex(of: $1.maker.mapping.kind) ?? 0)
    }
    self.mapping = mapping
    self.references = references
  }

  /// Fits the stages to the pipeline that the deals go into.
  mutating func place(in pipeline: PipelineChoice) {
    for index in files.indices {
      let stages = files[index].maker.mapping.stages
      files[index].maker = files[index].maker.placing(pipeline.placed(stages))
    }
  }

  /// The rows that are sent; stage events go within their deals.
  var sentRowCount: Int {
    files.filter { $0.maker.mapping.kind.isOnWire }.reduce(0) { $0 + $1.rowCount }
  }
}
