internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `product.*`: what the company sells.
enum ProductMethods {
  static let all = [create, list, update]

  private static let name = CommonMembers.listName("name", "Its name, unique in the company.")
  private static let price = CommonMembers.money("price", "Its price, in the company's currency.")
  private static let prefix = name.renamed("name", "Only products whose names begin so.")

  private static let create = Method(
    "product.create", "Adds a product.", takes: [.required(name), .optional(price)],
    gives: Product.schema, errors: [.invalid],
    .write(.admin) { call in
      let price = try call.arguments[optional: price]?.price("price", in: call.company)
      let product = Product(
        id: try await call.newID(.product), name: call.arguments[name], price: price, version: 1)
      return Work(
        [
          ProductStatements.insert(
            call.tenantParameter, .integer(product.id), .text(product.name),
            .string(product.price?.description))
        ], answer: answer(product, call))
    })

  private static let list = Method(
    "product.list", "The company's products, by id.",
    details: "Empty for somebody who only looks at cards, or has no right on any pipeline.",
    takes: [.optional(prefix)] + CommonMembers.page, gives: Shapes.page(of: Product.schema),
    .read(.member) { call in
      let page = try Page(call)
      guard call.standing.worksOnCards else {
        return Page.whole([Product]()) { $0.write(to: &$1, currency: call.company.currency) }
      }
      let rows = try await call.read(
        ProductStatements.list(
          call.tenantParameter, .integer(try page.afterID()), page.fetch,
          .string(call.arguments[optional: prefix])))
      let products = try rows[0].map(Product.init)
      return page.result(products, key: { String($0.id) }) {
        $0.write(to: &$1, currency: call.company.currency)
      }
    })

  private static let update = Method(
    "product.update", "Changes a product's name or price.",
    takes: [.required(CommonMembers.id), .optional(name), .clearable(price)],
    gives: Product.schema, errors: [.notFound, .invalid], traits: .versioned,
    .write(.admin) { call in
      let id = Parameter.integer(call.arguments[CommonMembers.id])
      let rows = try await call.read(ProductStatements.get(call.tenantParameter, id))
      guard let present = try rows[0].first.map(Product.init) else {
        throw RPCError.notFound(what: "product")
      }
      try call.requireVersion(present.version)
      var product = present
      if let name = call.arguments[optional: name] { product.name = name }
      switch call.arguments.change(price) {
      case .unchanged: break
      case .clear: product.price = nil
      case .set(let money): product.price = try money.price("price", in: call.company)
      }
      return Work.update(present, to: product, answer: { answer($0, call) }) { product in
        var after = product
        after.version += 1
        let update = ProductStatements.update(
          call.tenantParameter, id, .integer(product.version), .text(product.name),
          .string(product.price?.description))
        return Work([update], answer: answer(after, call))
      }
    })

  private static func answer(_ product: Product, _ call: TenantCall) -> RawJSON {
    RawJSON { product.write(to: &$0, currency: call.company.currency) }
  }
}
