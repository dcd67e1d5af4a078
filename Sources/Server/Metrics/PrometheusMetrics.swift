public import CoreMetrics
internal import Synchronization

/// Keeps what swift-metrics counts, and writes it in Prometheus' text form.
///
/// Counters' names end in `_total` and timers' in `_seconds`; timers and aggregating recorders become
/// histograms with fixed bounds. What has no help text of its own is described by its name.
public final class PrometheusMetrics: MetricsFactory, Sendable {
  private struct Family {
    let kind: PrometheusKind
    let help: String
    var samples: [String: any PrometheusSample] = [:]
  }

  private let help: [String: String]
  private let families = Mutex<[String: Family]>([:])

  /// A factory that knows nothing yet. `help` describes metrics by the names they have in the output.
  public init(help: [String: String] = [:]) {
    self.help = help
  }

  /// Everything counted so far: sorted by name and labels, so that two readings can be compared.
  public func text() -> String {
    let families = self.families.withLock { $0 }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      text += "# HELP \(name) \(PrometheusText.escapedHelp(family.help))\n"
      text += "# TYPE \(name) \(family.kind.rawValue)\n"
      for (labels, sample) in family.samples.sorted(by: { $0.key < $1.key }) {
        sample.write(name: name, labels: labels, to: &text)
      }
    }
    return text
  }

  /// The counter of that name and labels, made at first.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    sample(label, "_total", .counter, dimensions) { PrometheusCounter() }
  }

  /// The counter of that name and labels, made at first.
  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    sample(label, "_total", .counter, dimensions) { PrometheusGauge() }
  }

  /// The gauge of that name and labels, made at first.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    sample(label, "", .gauge, dimensions) { PrometheusGauge() }
  }

  /// The gauge or, where it aggregates, the histogram of that name and labels, made at first.
  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return sample(label, "", .gauge, dimensions) { PrometheusGauge() } }
    return sample(label, "", .histogram, dimensions) {
      PrometheusHistogram(bounds: PrometheusHistogram.amounts)
    }
  }

  /// The histogram of seconds of that name and labels, made at first.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    sample(label, "_seconds", .histogram, dimensions) {
      PrometheusHistogram(bounds: PrometheusHistogram.seconds)
    }
  }

  /// Forgets the counter.
  public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
  /// Forgets the counter.
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
    forget(handler)
  }
  /// Forgets the gauge.
  public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
  /// Forgets the gauge or histogram.
  public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
  /// Forgets the histogram.
  public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

  private func sample<Sample: PrometheusSample>(
    _ label: String, _ suffix: String, _ kind: PrometheusKind, _ dimensions: [(String, String)],
    make: () -> Sample
  ) -> Sample {
    var name = PrometheusText.name(label)
    if !name.hasSuffix(suffix) { name += suffix }
    let labels = PrometheusText.labels(dimensions)
    return families.withLock { families in
      // Two kinds under one name would spoil the whole page: the later one's is told apart.
      if let family = families[name], family.kind != kind { name += "_\(kind.rawValue)" }
      let help = self.help[name] ?? name.split(separator: "_").joined(separator: " ")
      var family = families[name] ?? Family(kind: kind, help: help)
      if let sample = family.samples[labels] as? Sample { return sample }
      let sample = make()
      family.samples[labels] = sample
      families[name] = family
      return sample
    }
  }

  private func forget(_ sample: AnyObject) {
    families.withLock { families in
      for (name, family) in families {
        var family = family
        family.samples = family.samples.filter { $0.value !== sample }
        families[name] = family.samples.isEmpty ? nil : family
      }
    }
  }
}
