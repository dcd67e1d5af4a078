internal import JSON
internal import JSONRPC

extension Company {
  /// Refuses to take a pipeline out of use into which leads are handed over: their stages would lead nowhere.
  func requireNoTransfers(into pipeline: Int64) throws(RPCError) {
    let stages = pipelines.flatMap(\.stages).filter { $0.transfersTo == pipeline }
    guard !stages.isEmpty else { return }
    let names = stages.map { "\"\($0.name)\" (\($0.id))" }.joined(separator: ", ")
    throw RPCError(
      .conflict,
      "Leads are handed over into the pipeline by the stages \(names). Let them transfer elsewhere "
        + "(stage.update), or delete them, first.",
      data: [
        (
          "stages",
          .array(
            stages.map { stage -> JSON in
              ["stage": .integer(stage.id), "name": .string(stage.name)]
            })
        )
      ])
  }
}
