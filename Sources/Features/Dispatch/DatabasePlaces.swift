/// Each company's share of the work over each of the pools.
final class DatabasePlaces: Sendable {
  let reads: CompanyPlaces
  let writes: CompanyPlaces
  let reports: CompanyPlaces

  init(perCompany: Int, reports: Int) {
    reads = CompanyPlaces(perCompany)
    writes = CompanyPlaces(perCompany)
    self.reports = CompanyPlaces(reports, patience: .seconds(30))
  }
}
