internal import ArgumentParser

/// `voronka invoice …`.
struct Invoice: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work with invoices and payments.",
    subcommands: [
      InvoiceList.self, InvoiceShow.self, InvoiceCreate.self, InvoicePay.self, InvoiceCancel.self,
    ])
}
