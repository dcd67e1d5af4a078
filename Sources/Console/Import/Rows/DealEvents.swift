internal import JSON

/// The stage events of the files, by the deal that they belong to: on the wire they come with it.
struct DealEvents {
  private struct Entry {
    let event: JSON
    let file: String
    let record: CSVRecord
  }

  private var entries: [String: [Entry]] = [:]
  private var taken = Set<String>()

  mutating func add(_ row: JSONObject, record: CSVRecord, file: String) {
    guard let deal = row["deal"]?.string else { return }
    var event = row
    event["deal"] = nil
    event["line"] = nil
    entries[deal, default: []].append(
      Entry(event: .object(event), file: file, record: record))
  }

  /// A deal's events, ended by the closing that the deal's own row tells of. They stay for another row of
  /// the same deal, which is taken where the first one is not.
  mutating func take(for row: JSONObject, isClosed: Bool) -> [JSON] {
    guard let id = row["external_id"]?.string, let found = entries[id] else { return [] }
    taken.insert(id)
    var events = found.map(\.event)
    if isClosed, let stage = row["stage"], let at = row["closed_at"],
      !events.contains(where: { $0["stage"] == stage })
    {
      events.append(["stage": stage, "at": at])
    }
    return events
  }

  /// The records whose deals did not come.
  var left: [(file: String, record: CSVRecord)] {
    entries.filter { !taken.contains($0.key) }.values.joined().map { ($0.file, $0.record) }
      .sorted { ($0.file, $0.record.line) < ($1.file, $1.record.line) }
  }
}
