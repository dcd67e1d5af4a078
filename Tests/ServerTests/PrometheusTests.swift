import CoreMetrics
import Foundation
import Testing

@testable import Server

@Suite("Metrics in Prometheus' form", .timeLimit(.minutes(10)))
struct PrometheusTests {
  @Test("Every kind is written in the text form, sorted, with its labels escaped")
  func text() {
    let metrics = PrometheusMetrics(help: ["voronka_lines_total": "Lines that came.\nAll of them."])
    let lines = Counter(label: "voronka_lines", factory: metrics)
    lines.increment(by: 3)
    Meter(label: "voronka_connections", factory: metrics).set(7)
    Gauge(label: "voronka.free-bytes", factory: metrics).record(1.5)
    let labels = [("method", "a\"b\\c\nd"), ("code", "1")]
    Counter(label: "voronka_requests_total", dimensions: labels, factory: metrics).increment()
    Counter(label: "voronka_requests_total", dimensions: labels.reversed(), factory: metrics)
      .increment()
    let timer = Timer(label: "voronka_request", factory: metrics)
    timer.recordMilliseconds(1)
    timer.recordMilliseconds(300)
    timer.recordSeconds(60)

    let text = metrics.text()
    #expect(text.hasPrefix("# HELP voronka_connections voronka connections\n# TYPE"))
    for line in [
      "# HELP voronka_lines_total Lines that came.\\nAll of them.",
      "# TYPE voronka_lines_total counter",
      "voronka_lines_total 3",
      "voronka_connections 7",
      "# TYPE voronka_free_bytes gauge",
      "voronka_free_bytes 1.5",
      #"voronka_requests_total{code="1",method="a\"b\\c\nd"} 2"#,
      "# TYPE voronka_request_seconds histogram",
      #"voronka_request_seconds_bucket{le="0.0005"} 0"#,
      #"voronka_request_seconds_bucket{le="0.001"} 1"#,
      #"voronka_request_seconds_bucket{le="0.5"} 2"#,
      #"voronka_request_seconds_bucket{le="+Inf"} 3"#,
      "voronka_request_seconds_sum 60.301",
      "voronka_request_seconds_count 3",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(line)")
    }
    #expect(metrics.text() == text)
  }

  @Test("A name in use for another kind does not spoil the page, one that was destroyed goes")
  func names() {
    let metrics = PrometheusMetrics()
    Counter(label: "a_total", factory: metrics).increment()
    Meter(label: "a_total", factory: metrics).set(5)
    let gone = Counter(label: "b", factory: metrics)
    gone.increment()
    gone.destroy()
    Counter(label: "1 и", factory: metrics).increment()
    let text = metrics.text()
    #expect(text.contains("\na_total 1\n"))
    #expect(text.contains("\na_total_gauge 5\n"))
    #expect(!text.contains("b_total"))
    #expect(text.contains("\n_1___total 1\n") || text.contains("_1___total 1\n"))
  }

  @Test("promtool finds nothing to complain about, where it is installed")
  func promtool() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool") else { return }
    let metrics = PrometheusMetrics()
    _ = ServerMetrics(factory: metrics)
    Timer(label: "voronka_request", dimensions: [("method", "deal.get")], factory: metrics)
      .recordMilliseconds(3)
    let promtool = Process()
    promtool.executableURL = URL(fileURLWithPath: "/usr/bin/promtool")
    promtool.arguments = ["check", "metrics"]
    let input = Pipe()
    let output = Pipe()
    promtool.standardInput = input
    promtool.standardError = output
    try promtool.run()
    input.fileHandleForWriting.write(Data(metrics.text().utf8))
    try input.fileHandleForWriting.close()
    let complaints = output.fileHandleForReading.readDataToEndOfFile()
    promtool.waitUntilExit()
    #expect(promtool.terminationStatus == 0, "\(String(decoding: complaints, as: UTF8.self))")
  }
}
