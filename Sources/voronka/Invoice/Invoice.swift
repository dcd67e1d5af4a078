internal import ArgumentParser

/// `voronka invoice …`.
struct Invoice: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with invoices and payments.",
    discussion: """
      voronka invoice create 5 --due 2026-12-15
      voronka invoice list --overdue
      voronka invoice pay 3 --amount 50000 --at "2026-12-01 12:00"
      """,
    subcommands: [
      InvoiceList.self, InvoiceShow.self, InvoiceCreate.self, InvoicePay.self, InvoiceCancel.self,
    ])
}
