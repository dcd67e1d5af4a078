internal import JSON

/// What stands behind `voronka call METHOD`.
enum CallArguments {
  case none
  case json(JSON)
  case pairs([(name: String, text: String)])

  init(_ arguments: [String], input: ConsoleInput) throws {
    guard let first = arguments.first else {
      self = .none
      return
    }
    if arguments.count == 1, first == "-" || first.trimmingSpaces().hasPrefix("{") {
      self = .json(try Self.object(first == "-" ? input.readAll() : first))
      return
    }
    var pairs: [(name: String, text: String)] = []
    for argument in arguments {
      guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
        throw ConsoleFailure.usage(
          "\"\(argument)\" is neither name=value nor a JSON object in braces.")
      }
      let name = String(argument[..<equals])
      guard !pairs.contains(where: { $0.name == name }) else {
        throw ConsoleFailure.usage("\"\(name)\" is given twice.")
      }
      pairs.append((name, String(argument[argument.index(after: equals)...])))
    }
    self = .pairs(pairs)
  }

  /// The params that pairs stand for, by the method's own description.
  ///
  /// A member that the description does not know is sent as JSON where it reads as such, else as
  /// text: the server then says what is wrong with it.
  static func params(
    _ pairs: [(name: String, text: String)], of method: MethodDescription?
  ) throws -> JSON {
    var params = JSONObject()
    for (name, text) in pairs {
      params[name] = try value(text, name: name, schema: method?.schema(ofParam: name))
    }
    return .object(params)
  }

  private static func value(_ text: String, name: String, schema: Schema?) throws -> JSON {
    guard let schema else { return (try? JSONReader().read(text)) ?? .string(text) }
    if schema.wantsString { return schema.takesNull && text == "null" ? .null : .string(text) }
    do {
      return try JSONReader().read(text)
    } catch {
      throw ConsoleFailure.usage(
        "\(name) wants \(schema.typeText), and \"\(text)\" is not JSON: \(error).")
    }
  }

  private static func object(_ text: String) throws -> JSON {
    do {
      let json = try JSONReader().read(text)
      if json.object != nil { return json }
    } catch {
      throw ConsoleFailure.usage("The params are not JSON: \(error).")
    }
    throw ConsoleFailure.usage("The params must be a JSON object in braces.")
  }
}
